import { isIterable, discardSource } from "./open.ts";
import { read } from "./read.ts";
import type { Reading } from "./reading.ts";
import { combine, LEFT, type Run } from "./run.ts";
import type { Upstream } from "./stage.ts";
import type { Callback, Items } from "./steps.ts";

/** What a hook is told. */
type Outcome =
  | { readonly status: "ok" | "unknown" }
  | { readonly status: "error"; readonly error: unknown };

export async function* flatMap(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    yield* read(await open(run, callback, item, index++), run);
  }
}

/** Reads a stream, and, once it has failed, what the callback gives. */
export async function* recover(
  source: Reading,
  run: Run,
  callback: Callback,
): Items {
  const failure = yield* readUntilFailure(source, run);
  if (failure === undefined) return;
  const next = await open(run, callback, failure.error, 0, true);
  if (next !== undefined) yield* read(next, run);
}

/** Tells the hook how the stream ended; before it is closed, or after. */
export async function* onClose(
  source: Reading,
  run: Run,
  hook: Callback,
  isBefore: boolean,
): Items {
  let outcome: Outcome = { status: "unknown" };
  run.enter(source);
  try {
    for (;;) {
      const result = await run.guard(source.next());
      if (result.done === true) break;
      yield result.value;
    }
    outcome = { status: "ok" };
  } catch (error) {
    if (error === LEFT) throw LEFT;
    outcome = { status: "error", error };
    throw run.fail(error);
  } finally {
    run.exit(source);
    await closeWithHook(source, run, () => hook(outcome), isBefore);
  }
}

/** Closes a stream, if it has not ended, and calls a hook before or after that. */
export async function closeWithHook(
  source: Reading,
  run: Run,
  hook: () => unknown,
  isBefore: boolean,
): Promise<void> {
  const parts = [() => source.leave(), hook];
  if (isBefore) parts.reverse();
  await run.close(() => closeInTurn(parts));
}

/** Closes one after the other, and the others too where one fails. */
async function closeInTurn(parts: readonly (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of parts) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  const combined = combine(errors);
  if (combined !== undefined) throw combined.error;
}

async function* readUntilFailure(
  source: Reading,
  run: Run,
): AsyncGenerator<unknown, { readonly error: unknown } | undefined, undefined> {
  run.enter(source);
  try {
    for (;;) {
      const result = await readOne(source, run);
      if ("error" in result) return result;
      if (result.done === true) return undefined;
      yield result.value;
    }
  } finally {
    run.exit(source);
    await run.close(() => source.leave());
  }
}

async function readOne(source: Reading, run: Run) {
  try {
    return await run.guard(source.next());
  } catch (error) {
    if (error === LEFT) throw LEFT;
    return { error };
  }
}

/** Asks a callback what to go on with; what comes too late is closed. */
async function open(
  run: Run,
  callback: Callback,
  item: unknown,
  index: number,
  mayBeNothing = false,
): Promise<unknown> {
  const source = await run.call(
    async (...args) => {
      const given = await callback(...args);
      if (run.isStopped) await discardSource(given);
      return given;
    },
    item,
    run.context(index),
  );
  if (source === undefined && mayBeNothing) return undefined;
  if (isIterable(source)) return source;
  throw run.fail(new TypeError("It is not iterable"));
}
