import {
  concat as concatReadings,
  closeTogether,
  zip as zipReadings,
} from "./combine.ts";
import { Generated, type Scope } from "./generated.ts";
import { from, NaiveStream } from "./naive-stream.ts";
import { read } from "./read.ts";
import { Reading } from "./reading.ts";
import type { Run } from "./run.ts";
import { Stage } from "./stage.ts";
import type { Items } from "./steps.ts";

export { errorContext } from "./errors.ts";
export { from };

export function stream(
  create: (scope: Scope) => AsyncGenerator<unknown, unknown>,
): NaiveStream {
  const generated = new Generated(create);
  return new NaiveStream((run) => read(generated, run));
}

export function iterable(create: () => unknown): AsyncIterable<unknown> {
  return { [Symbol.asyncIterator]: () => from(create()) };
}

export function concat(...sources: readonly unknown[]): NaiveStream {
  return combine(sources, concatReadings);
}

/** Gives the same items as the library's, if not in its order. */
export function merge(...sources: readonly unknown[]): NaiveStream {
  return combine(sources, concatReadings);
}

export function zip(
  sources: readonly unknown[],
  options?: { readonly mode?: string },
): NaiveStream {
  const { mode = "shortest" } = options ?? {};
  return combine(sources, (readings, run) => zipReadings(readings, run, mode));
}

function combine(
  sources: readonly unknown[],
  read: (readings: readonly Reading[], run: Run) => Items,
): NaiveStream {
  const readings = sources.map((source) => from(source).handOver());
  return new NaiveStream(
    (run) => new Stage(read(readings, run), () => closeTogether(readings, run)),
  );
}
