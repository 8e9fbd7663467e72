import { CursorSource } from "../engine/base-cursor.ts";
import type { Cursor } from "../engine/cursor.ts";
import { DEFAULTS, type Settings } from "../engine/settings.ts";
import { checkSource } from "../engine/source.ts";
import { createBusy, Pipeline } from "../pipeline.ts";
import { Stream } from "../stream.ts";

/**
 * Makes one stream of several sources; those that are streams are handed over to it.
 *
 * Its options are the defaults, and hold for the sources that are no streams; but it waits
 * for all to close as long as the most patient of them does.
 *
 * @throws {TypeError} If one cannot be iterated over.
 * @throws {BusyError} If one has a reader already, or is there twice.
 */
export function combine<T>(
  sources: readonly unknown[],
  create: (sources: readonly unknown[], settings: Settings) => Cursor,
): Stream<T> {
  sources.forEach(checkSource);
  const pipelines = sources.filter((source) => source instanceof Pipeline);
  if (
    new Set(pipelines).size < pipelines.length ||
    pipelines.some(({ isTaken }) => isTaken)
  ) {
    throw createBusy();
  }
  const settings: Settings = {
    ...DEFAULTS,
    closeGrace: Math.max(
      DEFAULTS.closeGrace,
      ...pipelines.map(({ settings }) => settings.closeGrace),
    ),
  };
  const stream: Stream<T> = new Stream<T>(
    new CursorSource((inherited) => create(taken, inherited)),
    settings,
  );
  const taken = sources.map((source) =>
    source instanceof Pipeline ? source.handOver(stream) : source,
  );
  return stream;
}
