import type { Kysely } from "kysely";
import { ClosedError } from "sluice";
import type {
  IndexTransaction,
  SegmentIndex,
} from "../../port/segment-index.ts";
import { WriterQueue } from "../writer-queue.ts";
import { CatalogueQueries } from "./catalogue-queries.ts";
import { DeletionQueries } from "./deletion-queries.ts";
import { FlowQueries } from "./flow-queries.ts";
import { ObjectQueries } from "./object-queries.ts";
import { SegmentQueries } from "./segment-queries.ts";
import { SourceQueries } from "./source-queries.ts";
import { SqlSession } from "./sql-session.ts";
import { SqlTransaction, type Queries } from "./sql-transaction.ts";
import type { Tables } from "./tables.ts";
import { WebhookQueries } from "./webhook-queries.ts";

/** An index in a database that speaks SQL. */
export class SqlIndex implements SegmentIndex {
  readonly #database: Kysely<Tables>;
  readonly #queries: Queries;
  readonly #writers = new WriterQueue();
  readonly #running = new Set<Promise<unknown>>();
  #isOpen = true;

  /** @param database The database, which has the tables; whoever opened it closes it. */
  constructor(database: Kysely<Tables>) {
    this.#database = database;
    this.#queries = {
      catalogue: new CatalogueQueries(database),
      sources: new SourceQueries(database),
      flows: new FlowQueries(database),
      segments: new SegmentQueries(database),
      objects: new ObjectQueries(database),
      deletions: new DeletionQueries(database),
      webhooks: new WebhookQueries(database),
    };
  }

  /** @inheritDoc */
  async transact<T>(
    mode: "read" | "write",
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T> {
    if (!this.#isOpen) {
      throw new ClosedError(
        "Cannot begin a transaction: the index is closed; use it within its block",
      );
    }
    const done =
      mode === "read"
        ? this.#run(mode, work)
        : this.#writers.run(() => this.#run(mode, work));
    this.#running.add(done);
    try {
      return await done;
    } finally {
      this.#running.delete(done);
    }
  }

  /** Begins no transaction any more, and waits for those that have begun. */
  async close(): Promise<void> {
    this.#isOpen = false;
    // Whoever began them is told how they end.
    await Promise.allSettled(this.#running);
  }

  #run<T>(
    mode: "read" | "write",
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T> {
    return this.#database
      .transaction()
      .setAccessMode(mode === "read" ? "read only" : "read write")
      .setIsolationLevel(mode === "read" ? "repeatable read" : "serializable")
      .execute(async (connection) => {
        const session = new SqlSession(connection, mode);
        try {
          return await work(new SqlTransaction(this.#queries, session));
        } finally {
          session.close();
        }
      });
  }
}
