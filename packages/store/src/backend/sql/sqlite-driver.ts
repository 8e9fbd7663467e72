import type { Driver, TransactionSettings } from "kysely";
import type { SqliteConnection } from "./sqlite-connection.ts";

/** How many connections that nobody uses are kept. */
const mostIdle = 4;

/**
 * Connections to one SQLite database: each reader has one of its own, so that it sees one
 * state while others write. Nobody waits for one: as many are opened as are in use.
 */
export class SqliteDriver implements Driver {
  readonly #connect: () => SqliteConnection;
  readonly #idle: SqliteConnection[] = [];

  /** @param connect Opens a connection. */
  constructor(connect: () => SqliteConnection) {
    this.#connect = connect;
  }

  /** Opens the first, so that what is wrong is told at once. */
  init(): Promise<void> {
    return settle(() => {
      this.#idle.push(this.#connect());
    });
  }

  acquireConnection(): Promise<SqliteConnection> {
    return settle(() => this.#idle.pop() ?? this.#connect());
  }

  beginTransaction(
    connection: SqliteConnection,
    { accessMode }: TransactionSettings,
  ): Promise<void> {
    return settle(() => {
      connection.run(accessMode === "read only" ? "begin" : "begin immediate");
    });
  }

  commitTransaction(connection: SqliteConnection): Promise<void> {
    return settle(() => {
      connection.run("commit");
    });
  }

  rollbackTransaction(connection: SqliteConnection): Promise<void> {
    return settle(() => {
      // SQLite may have rolled back by itself, as when the disk is full.
      if (connection.isInTransaction) connection.run("rollback");
    });
  }

  releaseConnection(connection: SqliteConnection): Promise<void> {
    return settle(() => {
      if (this.#idle.length < mostIdle) this.#idle.push(connection);
      else connection.close();
    });
  }

  destroy(): Promise<void> {
    return settle(() => {
      for (const connection of this.#idle.splice(0)) connection.close();
    });
  }
}

/** Does something at once; what it throws, the promise rejects with. */
function settle<T>(work: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(work());
  });
}
