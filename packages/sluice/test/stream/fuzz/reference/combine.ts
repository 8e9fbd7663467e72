import type { Reading } from "./reading.ts";
import { combine, LEFT, type Run } from "./run.ts";
import type { Items } from "./steps.ts";

/** How often several streams were closed at a time: what happens meanwhile has no order. */
export const overlaps = { count: 0 };

/** Reads one stream after the other. */
export async function* concat(sources: readonly Reading[], run: Run): Items {
  const rest = [...sources];
  for (const source of sources) run.enter(source);
  try {
    for (const source of sources) {
      for (;;) {
        const result = await pull(source, run);
        if (result.done === true) break;
        yield result.value;
      }
      rest.shift();
    }
  } finally {
    await closeTogether(rest, run);
  }
}

/** Reads a row of items, one stream after the other. */
export async function* zip(
  sources: readonly Reading[],
  run: Run,
  mode: string,
): Items {
  const rest = new Set(sources);
  for (const source of sources) run.enter(source);
  try {
    for (;;) {
      const row: unknown[] = [];
      for (const source of sources) {
        const result = rest.has(source) ? await pull(source, run) : undefined;
        row.push(result?.value);
        if (result?.done === true) rest.delete(source);
        if (rest.size < sources.length && mode === "shortest") return;
      }
      if (rest.size === 0) return;
      if (rest.size < sources.length && mode === "strict") {
        throw run.fail(new TypeError("One is longer"));
      }
      yield row;
    }
  } finally {
    await closeTogether(rest, run);
  }
}

/** Closes streams side by side. */
export async function closeTogether(
  sources: Iterable<Reading>,
  run: Run,
): Promise<void> {
  const open = Array.from(sources).filter(({ isOver }) => !isOver);
  if (open.length > 1) overlaps.count++;
  await run.close(async () => {
    const closings = await Promise.allSettled(
      open.map((source) => source.leave()),
    );
    const errors = closings.flatMap((each): unknown[] =>
      each.status === "rejected" ? [each.reason] : [],
    );
    const combined = combine(errors);
    if (combined !== undefined) throw combined.error;
  });
}

async function pull(source: Reading, run: Run) {
  try {
    return await run.guard(source.next());
  } catch (error) {
    if (error === LEFT) throw LEFT;
    throw run.fail(error);
  }
}
