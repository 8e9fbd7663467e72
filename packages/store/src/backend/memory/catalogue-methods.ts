import type { IndexTransaction } from "../../port/segment-index.ts";
import { backendOrder, profileOrder } from "../listing/listing-order.ts";
import { toListingWindow } from "../listing/page-start.ts";
import { fits } from "./document-match.ts";
import { keep } from "./kept.ts";
import type { MemorySession } from "./memory-session.ts";

/** What a transaction does with the service, storage backends and profiles. */
export function createCatalogueMethods(
  session: MemorySession,
): Pick<
  IndexTransaction,
  | "findService"
  | "putService"
  | "listStorageBackends"
  | "putStorageBackend"
  | "findProfile"
  | "putProfile"
  | "listProfiles"
> {
  return {
    findService: () => session.read(({ service }) => service),
    putService: (service) =>
      session.write((tables) => {
        tables.service = keep(service);
      }),
    listStorageBackends: () =>
      session.read(({ backends }) => backends.all(backendOrder)),
    putStorageBackend: (backend) =>
      session.write(({ backends }) => {
        backends.put(backend);
      }),
    findProfile: (id) => session.read(({ profiles }) => profiles.find(id)),
    putProfile: (profile) =>
      session.write(({ profiles }) => {
        profiles.put(profile);
      }),
    listProfiles: (query, page) =>
      session.read(({ profiles }) =>
        profiles.list(
          toListingWindow(profileOrder, false, page),
          ({ label, flow_metadata: { format, codec } }) =>
            fits(query.label, label) &&
            fits(query.format, format) &&
            fits(query.codec, codec),
        ),
      ),
  };
}
