import type { TimeRange } from "@sluice/time";
import { from, stream, type Stream, type StreamOptions } from "sluice";
import { toExportBounds } from "./export-bounds.ts";
import { checkMovieTracks, exportMovie } from "./export-movie.ts";
import type { ExportTrack } from "./export-track.ts";

/** How a range is exported. */
export interface ExportOptions extends StreamOptions {
  /**
   * Whether a player can begin before it has all of the file. All payloads are held then
   * until the last has come; false by default.
   */
  readonly fastStart?: boolean;
}

/**
 * Writes a range of flows as one MP4 file, exact to the picture and to the sample.
 *
 * Pictures that begin within the range are presented, and no others: what has to be decoded
 * before them, or among them, is in the file and hidden by an edit list. Of sound, the first
 * sample is the first at the range's start or behind it. Where a flow begins later than the
 * range, nothing is presented until then. Nothing is decoded or coded anew.
 *
 * Holds about half a second of each track, and some dozens of bytes for each grain, unless
 * `fastStart` is wanted. Reads no more grains than it needs. Closes the sources.
 *
 * Source: ISO/IEC 14496-12, 8.6.6; our decision record 0069.
 *
 * @param tracks Flows that MP4 can hold: coded pictures and coded sound; at least one.
 * @param range From where to where, on the flows' timelines.
 * @param options What comes first in the file, and those of a stream.
 * @returns The file's bytes.
 * @throws {TypeError} If there is no track, or grains cannot be iterated over; at once. On
 * reading, if a grain is of another kind than its essence.
 * @throws {RangeError} If the range is empty; at once.
 * @throws {UnsupportedMediaError} If MP4 cannot hold a track; at once. On reading, if it
 * cannot hold a grain.
 * @throws {ExportRangeError} On reading, if nothing of a track is within the range, or there
 * is no key frame at or before its first picture.
 *
 * @example The middle of a flow
 * ```ts
 * import { exportMp4, ExportRangeError } from "@sluice/media";
 * import { TimeRange } from "@sluice/time";
 * import assert from "node:assert/strict";
 *
 * const essence = {
 *   kind: "audio",
 *   codec: "audio/mpeg",
 *   sampleRate: 48_000,
 *   channels: 2,
 * } as const;
 * const file = exportMp4([{ essence, grains: [] }], TimeRange.parse("[1:0_2:0)"));
 * await assert.rejects(async () => await file.toArray(), ExportRangeError);
 * ```
 */
export function exportMp4(
  tracks: readonly ExportTrack[],
  range: TimeRange,
  options: ExportOptions = {},
): Stream<Uint8Array> {
  if (tracks.length === 0) {
    throw new TypeError("Cannot export no track: there is at least one");
  }
  const bounds = toExportBounds(range);
  checkMovieTracks(tracks);
  const { fastStart = false, ...streamOptions } = options;
  const opened = tracks.map(({ essence, grains }) => ({
    essence,
    grains: from(grains),
  }));
  const file = stream<Uint8Array>(
    ({ guard }) => exportMovie(opened, bounds, fastStart, guard),
    streamOptions,
  );
  const close = () => Promise.all(opened.map(({ grains }) => grains.return()));
  return file.onClose(close, { when: "before" });
}
