import type { Timestamp } from "@sluice/time";
import type { Stream, StreamScope } from "sluice";
import { ExportRangeError } from "../error/export-range-error.ts";
import type { CodedVideoGrain } from "../grain/coded-video-grain.ts";
import type { Grain } from "../grain/grain.ts";
import { getPresentationTimestamp } from "../grain/grain-times.ts";
import {
  isBeforeStart,
  isBehindEnd,
  type ExportBounds,
} from "./export-bounds.ts";

/**
 * How many pictures a decoder holds that are presented later than one that is still to come.
 *
 * Source: Rec. ITU-T H.264, A.3.1, and H.265, A.4.2: `MaxDpbFrames` is at most 16.
 */
const mostHeld = 16;

/**
 * Gives the coded pictures that it takes to present those which begin within the bounds, in
 * the order of decoding: from the last key frame at or before the first of them, to the last
 * of them to be decoded. Holds a group of pictures.
 *
 * Pictures that come behind a key frame and are presented before it need what is before it.
 * They are left out behind the first key frame.
 *
 * @throws {TypeError} If a grain is no coded picture.
 * @throws {ExportRangeError} If no picture begins within the bounds, or decoding cannot
 * begin before it.
 */
export async function* selectPictures(
  grains: Stream<Grain>,
  bounds: ExportBounds,
  guard: StreamScope["guard"],
): AsyncGenerator<CodedVideoGrain, void, undefined> {
  const selection = new PictureSelection(bounds);
  for (;;) {
    const { done, value } = await guard(grains.next());
    if (done === true) break;
    yield* selection.add(toPicture(value));
    if (selection.isComplete) break;
  }
  selection.end();
}

/** Gives when a picture is presented. */
export function toPresentation(picture: CodedVideoGrain): Timestamp {
  return getPresentationTimestamp(picture) ?? picture.originTimestamp;
}

function toPicture(grain: Grain): CodedVideoGrain {
  if (grain.kind === "coded-video") return grain;
  throw new TypeError(
    `Cannot export a grain of kind ${grain.kind} among coded pictures`,
  );
}

class PictureSelection {
  readonly #bounds: ExportBounds;
  /** From a key frame on, as long as nothing was presented. */
  #waiting: CodedVideoGrain[] = [];
  #key: CodedVideoGrain | undefined;
  /** What is presented behind the end, and may be needed. */
  #held: CodedVideoGrain[] = [];
  #hasShown = false;

  constructor(bounds: ExportBounds) {
    this.#bounds = bounds;
  }

  /** Whether nothing that is still to come can be needed. */
  get isComplete(): boolean {
    return this.#held.length > mostHeld;
  }

  /** Gives what is needed, now that this picture has come. */
  add(picture: CodedVideoGrain): CodedVideoGrain[] {
    const time = toPresentation(picture);
    if (!this.#hasShown) this.#begin(picture, time);
    const key = this.#key;
    if (key === undefined || this.#leads(time, key, picture)) return [];
    if (isBehindEnd(time, this.#bounds)) {
      this.#held.push(picture);
      return [];
    }
    if (this.#hasShown) return this.#release(picture);
    this.#waiting.push(...this.#held.splice(0), picture);
    if (isBeforeStart(time, this.#bounds)) return [];
    this.#hasShown = true;
    return this.#waiting.splice(0);
  }

  /** @throws {ExportRangeError} If there was nothing to present. */
  end(): void {
    if (this.#hasShown) return;
    throw new ExportRangeError(
      this.#bounds.range,
      "no picture begins within it",
    );
  }

  /** Takes a key frame as the one to begin with, as long as it is early enough. */
  #begin(picture: CodedVideoGrain, time: Timestamp): void {
    const { start } = this.#bounds;
    const isEarly = start === undefined || !time.isAfter(start);
    if (picture.isKeyFrame === true && (isEarly || this.#key === undefined)) {
      this.#key = picture;
      this.#waiting = [];
      this.#held = [];
      return;
    }
    if (this.#key !== undefined || isBeforeStart(time, this.#bounds)) return;
    if (isBehindEnd(time, this.#bounds)) return;
    throw new ExportRangeError(
      this.#bounds.range,
      "there is no key frame at or before its first picture",
    );
  }

  #leads(
    time: Timestamp,
    key: CodedVideoGrain,
    picture: CodedVideoGrain,
  ): boolean {
    return picture !== key && time.isBefore(toPresentation(key));
  }

  #release(picture: CodedVideoGrain): CodedVideoGrain[] {
    return [...this.#held.splice(0), picture];
  }
}
