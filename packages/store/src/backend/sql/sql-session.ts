import type { CompiledQuery, Kysely } from "kysely";
import { ClosedError } from "sluice";
import type { Tables } from "./tables.ts";

/** What one transaction runs its queries by. */
export class SqlSession {
  readonly #connection: Kysely<Tables>;
  readonly #mode: "read" | "write";
  #isOpen = true;

  /**
   * @param connection What has begun the transaction.
   * @param mode Whether it may change anything.
   */
  constructor(connection: Kysely<Tables>, mode: "read" | "write") {
    this.#connection = connection;
    this.#mode = mode;
  }

  /**
   * Runs a query that reads.
   *
   * @param query The query.
   * @returns Its rows.
   * @throws {ClosedError} If the transaction is over.
   */
  async read<R>(query: CompiledQuery<R>): Promise<R[]> {
    if (this.#isOpen) return (await this.#connection.executeQuery(query)).rows;
    throw new ClosedError(
      "Cannot use a transaction after it has ended: await all that it does within its work",
    );
  }

  /**
   * Runs a query that reads one row.
   *
   * @param query The query.
   * @returns The row, if there is one.
   * @throws {ClosedError} If the transaction is over.
   */
  async find<R>(query: CompiledQuery<R>): Promise<R | undefined> {
    return (await this.read(query))[0];
  }

  /**
   * Runs a query that changes something.
   *
   * @param query The query.
   * @returns The rows that it gives.
   * @throws {ClosedError} If the transaction is over.
   * @throws {TypeError} If it is one that reads.
   */
  write<R>(query: CompiledQuery<R>): Promise<R[]> {
    if (this.#mode === "write") return this.read(query);
    return Promise.reject(
      new TypeError(
        'Cannot write in a transaction of mode "read": begin one of mode "write"',
      ),
    );
  }

  /** Ends it. */
  close(): void {
    this.#isOpen = false;
  }
}
