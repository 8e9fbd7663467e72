import type {
  AnyTechnical,
  AudioEssenceParameters,
  Flow,
  ImageEssenceParameters,
  Ratio,
  VideoEssenceParameters,
} from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";

// Source: TAMS 8.2, `uuid.json`: without version 7 of RFC 9562.
const uuid =
  /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
// Source: TAMS 8.2, `flow-technical.json`.
const mediaType = /^[^\s/]+\/[^\s/]+$/;

/**
 * Checks what the types of a flow's document cannot say.
 *
 * Source: TAMS 8.2, `flow-common.json` and `flow-video.json` to `flow-multi.json`.
 *
 * @throws {InvalidRequestError} If it breaks a rule.
 */
export function checkFlow(flow: Flow): void {
  checkUuid("a flow's id", flow.id);
  checkUuid("a flow's source_id", flow.source_id);
  checkCount("generation", flow.generation, 0);
  checkCount("max_bit_rate", flow.max_bit_rate, 0);
  checkTechnical(flow);
}

/**
 * Checks the technical part of a flow or a profile.
 *
 * @throws {InvalidRequestError} If it breaks a rule.
 */
export function checkTechnical(technical: AnyTechnical): void {
  checkMediaType("codec", technical.codec);
  checkMediaType("container", technical.container);
  checkCount("avg_bit_rate", technical.avg_bit_rate, 0);
  checkRatio("segment_duration", technical.segment_duration);
  if (technical.format === "urn:x-nmos:format:multi") return;
  if ((technical.codec as string | undefined) === undefined) {
    throw new InvalidRequestError(
      "Cannot take a flow without a codec: only those of format multi have none",
    );
  }
  switch (technical.format) {
    case "urn:x-nmos:format:video":
      checkVideo(technical.essence_parameters);
      break;
    case "urn:x-nmos:format:audio":
      checkAudio(technical.essence_parameters);
      break;
    case "urn:x-tam:format:image":
      checkPicture(technical.essence_parameters);
      break;
    case "urn:x-nmos:format:data":
      break;
    default:
      throw new InvalidRequestError(
        `Cannot take the format '${(technical satisfies never as Flow).format}': TAMS has video, audio, image, data and multi`,
      );
  }
}

/** @throws {InvalidRequestError} If a text is no UUID as TAMS has them. */
export function checkUuid(what: string, text: string): void {
  if (uuid.test(text)) return;
  throw new InvalidRequestError(
    `Cannot take '${text}' as ${what}: it must be a UUID of version 1 to 5 in lower case`,
  );
}

/** @throws {InvalidRequestError} If a text is there, and no MIME type. */
export function checkMediaType(name: string, text: string | undefined): void {
  if (text === undefined || mediaType.test(text)) return;
  throw new InvalidRequestError(
    `Cannot take '${text}' as ${name}: it must be a MIME type such as video/mp2t`,
  );
}

/** @throws {InvalidRequestError} If a number is there, and not whole, or too low. */
export function checkCount(
  name: string,
  value: number | undefined,
  lowest: number,
): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && value >= lowest) return;
  throw new InvalidRequestError(
    `Cannot take ${value} as ${name}: it must be a whole number of at least ${lowest}`,
  );
}

function checkVideo(essence: VideoEssenceParameters): void {
  checkPicture(essence);
  checkCount("bit_depth", essence.bit_depth, 1);
  checkCount("horiz_chroma_subs", essence.horiz_chroma_subs, 1);
  checkCount("vert_chroma_subs", essence.vert_chroma_subs, 1);
  checkRatio("frame_rate", essence.frame_rate);
  checkRatio("pixel_aspect_ratio", essence.pixel_aspect_ratio);
  const hasRate = essence.frame_rate !== undefined;
  if (hasRate !== (essence.vfr ?? false)) return;
  throw new InvalidRequestError(
    hasRate
      ? "Cannot take a frame_rate with vfr: a rate that varies has none; leave out one of them"
      : "Cannot take a video flow without a frame_rate: give one, or set vfr to true",
  );
}

function checkAudio(essence: AudioEssenceParameters): void {
  checkCount("sample_rate", essence.sample_rate, 1);
  checkCount("channels", essence.channels, 1);
  checkCount("bit_depth", essence.bit_depth, 1);
}

function checkPicture(
  essence: ImageEssenceParameters | VideoEssenceParameters,
): void {
  checkCount("frame_width", essence.frame_width, 1);
  checkCount("frame_height", essence.frame_height, 1);
  checkRatio("aspect_ratio", essence.aspect_ratio);
}

function checkRatio(name: string, ratio: Ratio | undefined): void {
  if (ratio === undefined) return;
  checkCount(`${name}.numerator`, ratio.numerator, 1);
  checkCount(`${name}.denominator`, ratio.denominator, 1);
}
