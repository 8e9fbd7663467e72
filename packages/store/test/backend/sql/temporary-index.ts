import {
  openSqliteIndex,
  type IndexTransaction,
  type SegmentIndex,
} from "@sluice/store";
import { join } from "node:path";
import { asyncContextManager, AsyncExitStack, asyncWith, Lock } from "sluice";
import { temporaryFolder } from "../temporary-folder.ts";

/** The path of a database in a folder that is there for one block. */
export const temporaryPath = asyncContextManager(
  async function* () {
    await using stack = new AsyncExitStack();
    yield join(await stack.enter(temporaryFolder()), "index.sqlite");
  },
  { suppresses: false },
);

/** An index that is open for one block. */
export const temporaryIndex = asyncContextManager(
  async function* () {
    await using stack = new AsyncExitStack();
    const path = await stack.enter(temporaryPath());
    yield await stack.enter(openSqliteIndex(path));
  },
  { suppresses: false },
);

/** An index that is closed, and opened again, whenever nobody uses it. */
export const reopenedIndex = asyncContextManager(
  async function* () {
    await using stack = new AsyncExitStack();
    const path = await stack.enter(temporaryPath());
    const index = new ReopenedIndex(path);
    stack.callback(() => index.close());
    yield index;
  },
  { suppresses: false },
);

class ReopenedIndex implements SegmentIndex {
  readonly #path: string;
  readonly #reopening = new Lock();
  #stack = new AsyncExitStack();
  #index: SegmentIndex | undefined;
  #users = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async transact<T>(
    mode: "read" | "write",
    work: (transaction: IndexTransaction) => Promise<T>,
  ): Promise<T> {
    const index = await asyncWith(this.#reopening, () => this.#join());
    try {
      return await index.transact(mode, work);
    } finally {
      this.#users -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#stack.aclose();
  }

  async #join(): Promise<SegmentIndex> {
    if (this.#users === 0) {
      await this.close();
      this.#stack = new AsyncExitStack();
      this.#index = await this.#stack.enter(openSqliteIndex(this.#path));
    }
    this.#users += 1;
    if (this.#index === undefined) throw new Error("Cannot join: none is open");
    return this.#index;
  }
}
