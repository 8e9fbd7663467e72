import type { Kysely } from "kysely";
import type { ObjectRecord } from "../../port/segment-index.ts";
import { compareText } from "../listing/text-order.ts";
import { prepareQuery } from "./prepared-query.ts";
import { toObject, toObjectRow } from "./rows.ts";
import type { SqlSession } from "./sql-session.ts";
import type { ObjectTable, Tables } from "./tables.ts";

/** What is done with objects. */
export class ObjectQueries {
  readonly #database: Kysely<Tables>;
  readonly #find;
  readonly #put;
  readonly #needs;
  readonly #flowOf;
  readonly #flowOfInit;

  /** @param database What they are built for. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
    this.#find = prepareFind(database);
    this.#put = preparePut(database);
    this.#needs = prepareNeeds(database);
    this.#flowOf = prepareNextFlow(database, "object_id");
    this.#flowOfInit = prepareNextFlow(database, "init_object_id");
  }

  async find(
    session: SqlSession,
    id: string,
  ): Promise<ObjectRecord | undefined> {
    const row = await session.find(this.#find({ id }));
    return row && toObject(row);
  }

  async put(session: SqlSession, object: ObjectRecord): Promise<void> {
    const row = toObjectRow(object);
    const before = await session.find(this.#find({ id: row.id }));
    await session.write(this.#put(row));
    if ((before?.init_object_id ?? null) === row.init_object_id) return;
    await this.#moveInitUses(session, row.id, row.init_object_id);
  }

  async remove(session: SqlSession, id: string): Promise<void> {
    await session.write(
      this.#database.deleteFrom("objects").where("id", "=", id).compile(),
    );
    await this.#moveInitUses(session, id, null);
  }

  async list(
    session: SqlSession,
    window: {
      readonly state: ObjectRecord["state"];
      readonly allocatedBefore?: number;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<readonly ObjectRecord[]> {
    const { state, allocatedBefore, after, limit } = window;
    let query = this.#database
      .selectFrom("objects")
      .select("document")
      .where("state", "=", state)
      .orderBy("id")
      .limit(limit);
    if (after !== undefined) query = query.where("id", ">", after);
    if (allocatedBefore !== undefined) {
      query = query.where("allocated_at", "<", allocatedBefore);
    }
    return (await session.read(query.compile())).map(toObject);
  }

  async isReferenced(session: SqlSession, objectId: string): Promise<boolean> {
    const flowId = await session.find(this.#flowOf({ objectId, after: "" }));
    if (flowId !== undefined) return true;
    return (await session.find(this.#needs({ objectId }))) !== undefined;
  }

  async listFlows(
    session: SqlSession,
    objectId: string,
    window: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly string[]> {
    const found: string[] = [];
    let { after = "" } = window;
    // Flow by flow: an object may be needed by the segments of whole days.
    while (found.length < window.limit) {
      const own = await session.find(this.#flowOf({ objectId, after }));
      const needed = await session.find(this.#flowOfInit({ objectId, after }));
      const next = findLower(own?.flow_id, needed?.flow_id);
      if (next === undefined) break;
      found.push((after = next));
    }
    return found;
  }

  /** Its segments use another initialisation object from now on. */
  async #moveInitUses(
    session: SqlSession,
    id: string,
    to: string | null,
  ): Promise<void> {
    await session.write(
      this.#database
        .updateTable("segments")
        .set({ init_object_id: to })
        .where("object_id", "=", id)
        .compile(),
    );
  }
}

function findLower(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareText(a, b) <= 0 ? a : b;
}

function prepareFind(database: Kysely<Tables>) {
  return prepareQuery<
    { readonly id: string },
    Pick<ObjectTable, "init_object_id" | "document">
  >((parameter) =>
    database
      .selectFrom("objects")
      .select(["init_object_id", "document"])
      .where("id", "=", parameter("id")),
  );
}

function preparePut(database: Kysely<Tables>) {
  return prepareQuery<ObjectTable, unknown>((parameter) => {
    const values = {
      state: parameter("state"),
      allocated_at: parameter("allocated_at"),
      init_object_id: parameter("init_object_id"),
      document: parameter("document"),
    };
    return database
      .insertInto("objects")
      .values({ id: parameter("id"), ...values })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(values));
  });
}

function prepareNeeds(database: Kysely<Tables>) {
  return prepareQuery<{ readonly objectId: string }, { readonly id: string }>(
    (parameter) =>
      database
        .selectFrom("objects")
        .select("id")
        .where("init_object_id", "=", parameter("objectId"))
        .limit(1),
  );
}

function prepareNextFlow(
  database: Kysely<Tables>,
  column: "object_id" | "init_object_id",
) {
  return prepareQuery<
    { readonly objectId: string; readonly after: string },
    { readonly flow_id: string }
  >((parameter) =>
    database
      .selectFrom("segments")
      .select("flow_id")
      .where(column, "=", parameter("objectId"))
      .where("flow_id", ">", parameter("after"))
      .orderBy("flow_id")
      .limit(1),
  );
}
