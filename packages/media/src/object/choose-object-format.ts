import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { Essence } from "../essence/essence.ts";
import { objectFormats } from "./find-object-format.ts";
import type { ObjectFormat } from "./object-format.ts";

/**
 * Chooses the format for a flow's objects: CMAF for what is coded, where it can hold it;
 * else MPEG-TS; WAV for sound that is not coded; GSF for pictures that are not, and for data.
 *
 * @param essence What the flow's grains have in common.
 * @returns The format.
 * @throws {UnsupportedMediaError} If none can hold it.
 *
 * @example Objects of Opus
 * ```ts
 * import { chooseObjectFormat } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const format = chooseObjectFormat({
 *   kind: "audio",
 *   codec: "audio/mpeg",
 *   sampleRate: 48_000,
 *   channels: 2,
 * });
 * assert.equal(format.contentType, "audio/mp4");
 * ```
 */
export function chooseObjectFormat(essence: Essence): ObjectFormat {
  const format = objectFormats.find((candidate) => candidate.canHold(essence));
  if (format !== undefined) return format;
  throw new UnsupportedMediaError(
    "media objects",
    `no format can hold ${essence.codec} of this essence`,
  );
}
