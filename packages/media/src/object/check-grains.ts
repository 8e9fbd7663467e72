import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { Essence } from "../essence/essence.ts";
import type { CodedAudioGrain } from "../grain/coded-audio-grain.ts";
import type { CodedVideoGrain } from "../grain/coded-video-grain.ts";
import type { Grain } from "../grain/grain.ts";

/** At least one. */
export type SomeGrains<G extends Grain> = readonly [G, ...G[]];

/**
 * Checks that there are grains, and that all are of one kind.
 *
 * @throws {TypeError} If there is none, or one is of another kind.
 */
export function checkKind<K extends Grain["kind"]>(
  grains: readonly Grain[],
  kind: K,
  essence: Essence,
): SomeGrains<Extract<Grain, { readonly kind: K }>> {
  const other = grains.find((grain) => grain.kind !== kind);
  if (other !== undefined) {
    throw new TypeError(
      `Cannot make an object of ${essence.codec} with a grain of kind ${other.kind}: it takes ${kind}`,
    );
  }
  const [first, ...others] = grains;
  if (first === undefined) {
    throw new TypeError(
      `Cannot make an object of ${essence.codec} without a grain`,
    );
  }
  // All kinds have been compared above.
  return [first, ...others] as unknown as SomeGrains<
    Extract<Grain, { readonly kind: K }>
  >;
}

/**
 * Checks coded pictures: the first has to be one that decoding can begin with.
 *
 * @throws {TypeError} If there is none, or one is of another kind.
 * @throws {UnsupportedMediaError} If decoding cannot begin with the first.
 */
export function checkCodedPictures(
  grains: readonly Grain[],
  essence: Essence,
): SomeGrains<CodedVideoGrain> {
  const pictures = checkKind(grains, "coded-video", essence);
  if (pictures[0].isKeyFrame === false) {
    throw new UnsupportedMediaError(
      `an object of ${essence.codec}`,
      `decoding cannot begin with the first grain, at ${pictures[0].originTimestamp}`,
    );
  }
  return pictures;
}

/**
 * Checks coded sound.
 *
 * @throws {TypeError} If there is none, or one is of another kind.
 * @throws {UnsupportedMediaError} If one has another sample rate than the essence.
 */
export function checkCodedSound(
  grains: readonly Grain[],
  essence: Essence,
  sampleRate: number,
): SomeGrains<CodedAudioGrain> {
  const sound = checkKind(grains, "coded-audio", essence);
  const other = sound.find((grain) => grain.sampleRate !== sampleRate);
  if (other === undefined) return sound;
  throw new UnsupportedMediaError(
    `an object of ${essence.codec}`,
    `it has ${sampleRate} samples in a second, and the grain at ${other.originTimestamp} has ${other.sampleRate}`,
  );
}
