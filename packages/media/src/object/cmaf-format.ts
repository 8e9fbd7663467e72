import { Rate } from "@sluice/time";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type {
  AudioEssence,
  Essence,
  VideoEssence,
} from "../essence/essence.ts";
import { encodeInit } from "../iso-base-media/init-writer.ts";
import { takeSampleDescription } from "../iso-base-media/sample-description.ts";
import { tryDescribe } from "../mediabunny/described-essence.ts";
import { writeDescribingMovie } from "../mediabunny/write-describing-movie.ts";
import { CmafEncoder, type CmafEncoderInit } from "./cmaf-encoder.ts";
import type {
  ObjectEncoder,
  ObjectEncoderOptions,
  ObjectFormat,
} from "./object-format.ts";
import { PictureTimer } from "./picture-timer.ts";
import { decodeCmaf } from "./read-cmaf.ts";
import { prepareSound } from "./sound-timer.ts";

/**
 * CMAF of pictures: `video/mp4`. H.264, HEVC, VP8, VP9, AV1 and ProRes.
 *
 * An object is a media segment of one track; the initialisation object is the same bytes
 * for the same essence, and holds no times. No time is below zero: where the flow's would
 * be, the object's own begin later, and its `timestampOffset` makes good for that. Times of
 * presentation are exact, or `encode` fails; times of decoding are rounded down to the tick,
 * and made up for where a picture does not tell its own.
 *
 * `decode` gives what the fragments say: times of decoding too. It reads whatever has
 * fragments, with edit lists that shift a track, and plain MP4 files as well.
 *
 * Source: ISO/IEC 23000-19 (CMAF), ISO/IEC 14496-12; TAMS 8.2, application note 0024; our
 * decision record 0068.
 */
export const cmafVideoFormat: ObjectFormat = createFormat("video");

/**
 * CMAF of sound: `audio/mp4`. AAC, Opus, FLAC and MP3.
 *
 * It is as {@linkcode cmafVideoFormat} is; what is missing between grains stays missing.
 */
export const cmafAudioFormat: ObjectFormat = createFormat("audio");

function createFormat(kind: "video" | "audio"): ObjectFormat {
  return {
    contentType: `${kind}/mp4`,
    hasInit: true,
    canHold: (essence) =>
      essence.kind === kind && findProblem(essence) === undefined,
    createEncoder: async (essence, options = {}) => {
      if (essence.kind !== kind) {
        const problem = `it is of ${kind}, and ${essence.codec} is not`;
        throw new UnsupportedMediaError(`${kind}/mp4`, problem);
      }
      return createEncoder(essence, options);
    },
    decode: (object) => decodeCmaf(object, kind),
  };
}

async function createEncoder(
  essence: VideoEssence | AudioEssence,
  options: ObjectEncoderOptions,
): Promise<ObjectEncoder> {
  const problem = findProblem(essence);
  if (problem !== undefined) throw new UnsupportedMediaError("CMAF", problem);
  const timescale = options.timescale ?? getTimescale(essence);
  // Whatever is out of bounds is refused here.
  const { numerator } = Rate.of(timescale);
  const colour = essence.kind === "video" ? essence.colour : undefined;
  const movie = await writeDescribingMovie(essence, undefined);
  const description = takeSampleDescription(movie, colour);
  const init = encodeInit(essence, numerator, description);
  const parts = { init, timescale: numerator };
  if (essence.kind === "audio") {
    const prepare: CmafEncoderInit["prepare"] = (grains) =>
      prepareSound(grains, essence);
    return new CmafEncoder(
      { ...parts, shift: BigInt(numerator), prepare },
      options,
    );
  }
  const timer = new PictureTimer(essence, numerator);
  const shift = getShift(essence, numerator);
  const prepare: CmafEncoderInit["prepare"] = (grains) => timer.prepare(grains);
  return new CmafEncoder({ ...parts, shift, prepare }, options);
}

function findProblem(essence: Essence): string | undefined {
  const described = tryDescribe(essence);
  if (typeof described === "string") return described;
  return described.needsGrain
    ? `its initialisation object has to tell what only a frame of ${essence.codec} does`
    : undefined;
}

/** Pictures that come at no constant rate have times of MPEG-TS, or of milliseconds. */
const varying = 90_000;

function getTimescale(essence: VideoEssence | AudioEssence): number {
  if (essence.kind === "audio") return essence.sampleRate;
  return essence.rate?.numerator ?? varying;
}

/** Gives the ticks of as many whole frames as take a second, or a little more. */
function getShift({ rate }: VideoEssence, timescale: number): bigint {
  if (rate === undefined) return BigInt(timescale);
  const frames = Math.ceil(rate.toNumber());
  const ticks = (frames * rate.denominator * timescale) / rate.numerator;
  return BigInt(Math.round(ticks));
}
