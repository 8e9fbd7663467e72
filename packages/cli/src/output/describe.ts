import type { Flow } from "@sluice/tams";
import { Rate } from "@sluice/time";

/** The last word of a format's URN: `video`, `audio`, `data`, `image`, `multi`. */
export function describeFormat(urn: string): string {
  return urn.slice(urn.lastIndexOf(":") + 1);
}

/** What a flow is, in a few words: `video/h264, 1920x1080, 25/s`. */
export function describeFlow(flow: Flow): string {
  if (flow.format === "urn:x-nmos:format:multi") {
    return `${flow.flow_collection?.length ?? 0} flows`;
  }
  const words: string[] = [];
  if (flow.codec !== undefined) words.push(flow.codec);
  if (flow.format === "urn:x-nmos:format:video") {
    const { frame_width: width, frame_height: height } =
      flow.essence_parameters;
    words.push(`${width}x${height}`);
    words.push(...describeRate(flow.essence_parameters.frame_rate));
  }
  if (flow.format === "urn:x-nmos:format:audio") {
    const { sample_rate: rate, channels } = flow.essence_parameters;
    words.push(`${rate} Hz`, `${channels} ch`);
  }
  return words.join(", ");
}

/** A number of bytes for people: `1.2 MB`. */
export function describeBytes(sizeBytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(
    units.length - 1,
    Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3),
  );
  const value = sizeBytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? ""}`;
}

function describeRate(
  rate:
    | { readonly numerator: number; readonly denominator?: number | undefined }
    | undefined,
): string[] {
  if (rate === undefined) return [];
  const { numerator, denominator = 1 } = rate;
  return [`${Rate.of(numerator, denominator)}/s`];
}
