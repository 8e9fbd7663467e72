import type { DeletionRequest, PageOptions } from "@sluice/tams";
import type { Kysely } from "kysely";
import type { Page } from "../../model/page.ts";
import { deletionOrders } from "../listing/listing-order.ts";
import { toListingWindow, toPage } from "../listing/page-start.ts";
import { inWindow } from "./listing-query.ts";
import { formatDocument, parseDocument } from "./json-text.ts";
import type { SqlSession } from "./sql-session.ts";
import type { Tables } from "./tables.ts";

/** What is done with deletion requests. */
export class DeletionQueries {
  readonly #database: Kysely<Tables>;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  async find(
    session: SqlSession,
    id: string,
  ): Promise<DeletionRequest | undefined> {
    const row = await session.find(
      this.#database
        .selectFrom("deletions")
        .select("document")
        .where("id", "=", id)
        .compile(),
    );
    return row && parseDocument(row);
  }

  async put(session: SqlSession, request: DeletionRequest): Promise<void> {
    const values = {
      created_key: deletionOrders.created.keyOf(request),
      expiry_key: deletionOrders.expiry.keyOf(request),
      is_open: Number(request.status !== "done"),
      document: formatDocument(request),
    };
    await session.write(
      this.#database
        .insertInto("deletions")
        .values({ id: request.id, ...values })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
        .compile(),
    );
  }

  async remove(session: SqlSession, id: string): Promise<void> {
    await session.write(
      this.#database.deleteFrom("deletions").where("id", "=", id).compile(),
    );
  }

  async list(
    session: SqlSession,
    query: {
      readonly sortBy?: "created" | "expiry";
      readonly reverseOrder?: boolean;
    },
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<DeletionRequest>> {
    const { sortBy = "created", reverseOrder = false } = query;
    const window = toListingWindow(deletionOrders[sortBy], reverseOrder, page);
    const listing = this.#database.selectFrom("deletions").select("document");
    const rows = await session.read(
      inWindow(listing, `${sortBy}_key`, window).compile(),
    );
    return toPage(rows.map(parseDocument), window);
  }

  async listOpen(session: SqlSession): Promise<readonly DeletionRequest[]> {
    const rows = await session.read(
      this.#database
        .selectFrom("deletions")
        .select("document")
        .where("is_open", "=", 1)
        .orderBy("created_key")
        .orderBy("id", "desc")
        .compile(),
    );
    return rows.map(parseDocument);
  }
}
