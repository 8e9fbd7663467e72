import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import {
  asyncContextManager,
  AsyncExitStack,
  asyncWith,
  contextManager,
  decorate,
  nullContext,
} from "sluice";
import { failure, raise } from "./failure.ts";

describe("async stack traces", () => {
  it("show the caller of asyncWith() for an error that the block throws after it has waited", async () => {
    async function copyFile(): Promise<void> {
      await asyncWith(nullContext(), throwLater);
    }

    const { error } = await failure(copyFile);

    expect((error as Error).stack).toMatch(/at (async )?copyFile/);
  });

  it("show the callers of nested blocks", async () => {
    async function readPart(): Promise<void> {
      await asyncWith(nullContext(), throwLater);
    }
    async function copyFile(): Promise<void> {
      await asyncWith(nullContext(), readPart);
    }

    const { error } = await failure(copyFile);

    expect((error as Error).stack).toMatch(
      /at (async )?readPart[^]*at (async )?copyFile/,
    );
  });

  it("show the caller for an error in a generator's manager after its yield", async () => {
    const open = asyncContextManager(async function* () {
      yield;
      await throwLater();
    });
    async function copyFile(): Promise<void> {
      await asyncWith(open(), () => undefined);
    }

    const { error } = await failure(copyFile);

    expect((error as Error).stack).toMatch(/at (async )?copyFile/);
  });

  it("show the caller for an error in a stack's exit", async () => {
    async function copyFile(): Promise<void> {
      await asyncWith(new AsyncExitStack(), (stack) => {
        stack.callback(throwLater);
      });
    }

    const { error } = await failure(copyFile);

    expect((error as Error).stack).toMatch(/at (async )?copyFile/);
  });

  it("show the caller of a decorated function", async () => {
    const readPart = decorate(nullContext, throwLater);
    async function copyFile(): Promise<void> {
      await readPart();
    }

    const { error } = await failure(copyFile);

    expect((error as Error).stack).toMatch(/at (async )?copyFile/);
  });
});

describe("AsyncLocalStorage", () => {
  it("has the caller's value in a block, before and after it waits", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];

    await storage.run("request", () =>
      asyncWith(nullContext(), async () => {
        seen.push(storage.getStore());
        await Promise.resolve();
        seen.push(storage.getStore());
      }),
    );

    expect(seen).toEqual(["request", "request"]);
  });

  it("has the caller's value in a generator's manager, before and after its yield", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const open = asyncContextManager(async function* () {
      seen.push(storage.getStore());
      yield;
      await Promise.resolve();
      seen.push(storage.getStore());
    });

    await storage.run("request", () => asyncWith(open(), () => undefined));

    expect(seen).toEqual(["request", "request"]);
  });

  it("has the caller's value in exits, when the block has failed", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const open = contextManager(function* () {
      try {
        yield;
      } finally {
        seen.push(storage.getStore());
      }
    });

    await storage.run("request", () =>
      failure(() =>
        asyncWith(open(), async () => {
          await Promise.resolve();
          raise("raised");
        }),
      ),
    );

    expect(seen).toEqual(["request"]);
  });

  it("has in a stack's exits the value of whoever closes it, not of who registered them", async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const stack = new AsyncExitStack();
    storage.run("registering", () => {
      stack.callback(() => seen.push(storage.getStore()));
    });

    await storage.run("closing", () => stack.aclose());

    expect(seen).toEqual(["closing"]);
  });

  it("keeps two blocks that run at once apart", async () => {
    const storage = new AsyncLocalStorage<string>();
    const work = (name: string): Promise<unknown> =>
      storage.run(name, () =>
        asyncWith(nullContext(), async () => {
          await Promise.resolve();
          return storage.getStore();
        }),
      );

    expect(await Promise.all([work("a"), work("b")])).toEqual(["a", "b"]);
  });
});

async function throwLater(): Promise<void> {
  await Promise.resolve();
  throw new Error("broken");
}
