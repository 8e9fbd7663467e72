import { ClosedError } from "sluice";
import { copyTables, type MemoryTables } from "./memory-tables.ts";

/** What one transaction sees and changes. */
export class MemorySession {
  readonly #tables: MemoryTables;
  readonly #mode: "read" | "write";
  #isOpen = true;

  /**
   * @param tables The state that it begins with, which stays as it is.
   * @param mode Whether it may change anything.
   */
  constructor(tables: MemoryTables, mode: "read" | "write") {
    this.#tables = mode === "read" ? tables : copyTables(tables);
    this.#mode = mode;
  }

  /**
   * Reads; its promise rejects with what `work` throws.
   *
   * @throws {ClosedError} If the transaction is over.
   */
  read<T>(work: (tables: MemoryTables) => T): Promise<T> {
    return new Promise((resolve) => {
      this.#checkOpen();
      resolve(work(this.#tables));
    });
  }

  /**
   * Changes something; its promise rejects with what `work` throws.
   *
   * @throws {ClosedError} If the transaction is over.
   * @throws {TypeError} If it is one that reads.
   */
  write<T>(work: (tables: MemoryTables) => T): Promise<T> {
    return this.read((tables) => {
      if (this.#mode === "write") return work(tables);
      throw new TypeError(
        'Cannot write in a transaction of mode "read": begin one of mode "write"',
      );
    });
  }

  /** Ends it; gives the state that it has made. */
  close(): MemoryTables {
    this.#isOpen = false;
    return this.#tables;
  }

  #checkOpen(): void {
    if (this.#isOpen) return;
    throw new ClosedError(
      "Cannot use a transaction after it has ended: await all that it does within its work",
    );
  }
}
