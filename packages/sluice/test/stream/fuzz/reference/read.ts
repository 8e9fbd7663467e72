import { report } from "./errors.ts";
import { discardSource, openSource } from "./open.ts";
import { LEFT, type Run } from "./run.ts";
import { Stage } from "./stage.ts";

/** Reads a source of any kind. */
export function read(source: unknown, run: Run): Stage {
  return new Stage(readSource(source, run), () =>
    run.close(() => discardSource(source)),
  );
}

/**
 * What fails by itself, or ends, is not closed; what is left, or gives an item that
 * turns out to be a rejected promise, is.
 */
async function* readSource(
  source: unknown,
  run: Run,
): AsyncGenerator<unknown, void, undefined> {
  const opened = run.attempt(() => openSource(source));
  let isOpen = true;
  let asked: unknown;
  run.enter(opened);
  try {
    for (;;) {
      let result: Result;
      try {
        asked = undefined;
        asked = opened.next();
        result = look(await run.guard(asked));
      } catch (error) {
        if (error === LEFT) throw LEFT;
        isOpen = false;
        throw run.fail(error);
      }
      if (result.done) {
        isOpen = false;
        return;
      }
      const { value } = result;
      yield opened.hasPromises === true ? await run.call(() => value) : value;
    }
  } finally {
    run.exit(opened);
    if (isOpen) await close(run, () => opened.return?.(), asked);
  }
}

interface Result {
  readonly done: boolean;
  readonly value: unknown;
}

/** Reads a result, once; what its getters throw is the source's failure. */
function look(result: unknown): Result {
  if (typeof result !== "object" || result === null) {
    throw new TypeError("It is no result");
  }
  const { done } = result as { done?: unknown };
  if (done) return { done: true, value: undefined };
  return { done: false, value: (result as Partial<Result>).value };
}

/** Closes a source, and waits for what was asked of it, whose failure is nobody's. */
async function close(
  run: Run,
  end: () => unknown,
  asked: unknown,
): Promise<void> {
  await run.close(async () => {
    try {
      await end();
    } finally {
      await settle(asked);
    }
  });
}

async function settle(asked: unknown): Promise<void> {
  try {
    await asked;
  } catch (error) {
    report(error);
  }
}
