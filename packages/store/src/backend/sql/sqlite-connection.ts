import type { Database, Statement } from "better-sqlite3";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import { toStoreError } from "./sqlite-errors.ts";

/**
 * A connection to a SQLite database, which keeps the statements that it has prepared: one
 * for each text, and there are as many texts as there are ways to filter a listing.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: Database;
  readonly #statements = new Map<string, Statement>();

  /** @param database The connection. */
  constructor(database: Database) {
    this.#database = database;
  }

  /** Runs a query at once. */
  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve) => {
      resolve(this.run<R>(query.sql, query.parameters));
    });
  }

  /** SQLite's results are there at once. */
  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new TypeError("Cannot stream the rows of a query: run it as a whole");
  }

  /**
   * Runs a query.
   *
   * @param text SQL.
   * @param parameters What stands for its question marks.
   * @returns Its rows.
   */
  run<R>(text: string, parameters: readonly unknown[] = []): QueryResult<R> {
    try {
      const statement = this.#prepare(text);
      if (statement.reader) {
        // A row is what the query says, which Kysely derives the type from.
        return { rows: statement.all(...parameters) as R[] };
      }
      const { changes } = statement.run(...parameters);
      return { numAffectedRows: BigInt(changes), rows: [] };
    } catch (error) {
      throw toStoreError(error, this.#database.name);
    }
  }

  /** Whether a transaction has begun. */
  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** Closes it. */
  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(text: string): Statement {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    if (this.#statements.size >= mostStatements) this.#statements.clear();
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }
}

/** Some kilobytes each. */
const mostStatements = 500;
