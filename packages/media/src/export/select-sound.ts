import type { Timestamp } from "@sluice/time";
import type { Stream, StreamScope } from "sluice";
import { ExportRangeError } from "../error/export-range-error.ts";
import type { CodedAudioGrain } from "../grain/coded-audio-grain.ts";
import type { AudioGrain } from "../grain/audio-grain.ts";
import type { Grain } from "../grain/grain.ts";
import { addDuration } from "../object/add-duration.ts";
import { isBehindEnd, type ExportBounds } from "./export-bounds.ts";

/** A run of sound, coded or not. */
export type SoundGrain = AudioGrain | CodedAudioGrain;

/** What is decoded before the first sample that is heard, so that it is as it should be. */
const settling = 100_000_000n;

/**
 * Gives the runs of sound of which a sample is within the bounds, and as many before them as
 * a decoder needs to settle. Holds those.
 *
 * @throws {TypeError} If a grain is no sound.
 * @throws {ExportRangeError} If no sample is within the bounds.
 */
export async function* selectSound(
  grains: Stream<Grain>,
  bounds: ExportBounds,
  guard: StreamScope["guard"],
): AsyncGenerator<SoundGrain, void, undefined> {
  let before: SoundGrain[] = [];
  let isFound = false;
  for (;;) {
    const { done, value } = await guard(grains.next());
    if (done === true) break;
    const grain = toSound(value);
    if (isBehindEnd(grain.originTimestamp, bounds)) break;
    const end = getEnd(grain);
    if (bounds.start === undefined || end.isAfter(bounds.start)) {
      yield* before.splice(0);
      yield grain;
      isFound = true;
      continue;
    }
    before = [...before, grain].filter((one) => isSettling(one, bounds));
  }
  if (isFound) return;
  throw new ExportRangeError(bounds.range, "no sample of sound is within it");
}

/** Gives when a run of sound ends: without what only fills its last frame. */
export function getEnd(grain: SoundGrain): Timestamp {
  const { samples, sampleRate, originTimestamp } = grain;
  const filling = grain.kind === "coded-audio" ? grain.remainder : 0;
  const numerator = samples - filling;
  return addDuration(originTimestamp, { numerator, denominator: sampleRate });
}

function isSettling(grain: SoundGrain, { start }: ExportBounds): boolean {
  if (start === undefined || grain.kind === "audio") return false;
  return getEnd(grain).nanoseconds > start.nanoseconds - settling;
}

function toSound(grain: Grain): SoundGrain {
  if (grain.kind === "audio" || grain.kind === "coded-audio") return grain;
  throw new TypeError(
    `Cannot export a grain of kind ${grain.kind} among runs of sound`,
  );
}
