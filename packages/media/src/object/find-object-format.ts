import { cmafAudioFormat, cmafVideoFormat } from "./cmaf-format.ts";
import { gsfObjectFormat } from "./gsf-format.ts";
import type { ObjectFormat } from "./object-format.ts";
import { transportStreamObjectFormat } from "./transport-stream-format.ts";
import { waveObjectFormat } from "./wave-format.ts";

/** In the order in which they are preferred. */
export const objectFormats: readonly ObjectFormat[] = [
  cmafVideoFormat,
  cmafAudioFormat,
  waveObjectFormat,
  transportStreamObjectFormat,
  gsfObjectFormat,
];

/**
 * Finds the format of objects of a MIME type.
 *
 * @param contentType A TAMS flow's `container`, as `video/mp4`; capitals and parameters do
 * not matter.
 * @returns The format; absent if none has such objects.
 *
 * @example What a flow's objects are
 * ```ts
 * import { findObjectFormat } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * assert.equal(findObjectFormat("video/mp4; codecs=avc1.640028")?.hasInit, true);
 * assert.equal(findObjectFormat("image/jp2"), undefined);
 * ```
 */
export function findObjectFormat(
  contentType: string,
): ObjectFormat | undefined {
  const [type = ""] = contentType.split(";");
  const name = type.trim().toLowerCase();
  return objectFormats.find((format) => format.contentType === name);
}
