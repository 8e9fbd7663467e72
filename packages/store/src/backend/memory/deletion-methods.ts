import type { IndexTransaction } from "../../port/segment-index.ts";
import { deletionOrders } from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import type { MemorySession } from "./memory-session.ts";

/** What a transaction does with deletion requests. */
export function createDeletionMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  | "findDeletionRequest"
  | "putDeletionRequest"
  | "removeDeletionRequest"
  | "listDeletionRequests"
  | "listOpenDeletionRequests"
> {
  return {
    findDeletionRequest: (id) =>
      session.read(({ deletions }) => deletions.find(id)),
    putDeletionRequest: (request) =>
      session.write((tables) => {
        tables.deletions.put(request);
        if (request.status === "done") tables.openDeletions.remove(request.id);
        else tables.openDeletions.put(request);
      }),
    removeDeletionRequest: (id) =>
      session.write((tables) => {
        tables.deletions.remove(id);
        tables.openDeletions.remove(id);
      }),
    listDeletionRequests: (
      { sortBy = "created", reverseOrder = false },
      page,
    ) =>
      session.read(({ deletions }) =>
        deletions.list(
          toListingWindow(deletionOrders[sortBy], reverseOrder, page),
          () => true,
        ),
      ),
    listOpenDeletionRequests: () =>
      session.read(({ openDeletions }) =>
        openDeletions.all(deletionOrders.created).reverse(),
      ),
  };
}
