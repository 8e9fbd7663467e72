import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
} from "kysely";
import type { SqliteConnection } from "./sqlite-connection.ts";
import { SqliteDriver } from "./sqlite-driver.ts";

/** SQLite, as Kysely is to speak it. */
export class SqliteDialect implements Dialect {
  readonly #connect: () => SqliteConnection;

  /** @param connect Opens a connection. */
  constructor(connect: () => SqliteConnection) {
    this.#connect = connect;
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#connect);
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler();
  }

  createAdapter(): DialectAdapter {
    return new SqliteAdapter();
  }

  createIntrospector(database: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(database);
  }
}
