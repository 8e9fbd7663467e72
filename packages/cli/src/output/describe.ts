import type { Flow } from "@sluice/tams";
import { Rate } from "@sluice/time";

/** The last word of a format's URN: `video`, `audio`, `data`, `image`, `multi`. */
export function describeFormat(urn: string): string {
  return urn.slice(urn.lastIndexOf(":") + 1);
}

/** What a flow is, in a few words: `video/h264, 1920x1080, 25/s`. */
export function describeFlow(flow: Flow): string {
  switch (flow.format) {
    case "urn:x-nmos:format:video": {
      const { frame_width, frame_height, frame_rate } = flow.essence_parameters;
      const size = `${frame_width}x${frame_height}`;
      return [flow.codec, size, ...describeRate(frame_rate)].join(", ");
    }
    case "urn:x-nmos:format:audio": {
      const { sample_rate, channels } = flow.essence_parameters;
      return `${flow.codec}, ${sample_rate} Hz, ${channels} ch`;
    }
    case "urn:x-nmos:format:multi":
      return `${flow.flow_collection?.length ?? 0} flows`;
    case "urn:x-nmos:format:data":
    case "urn:x-tam:format:image":
      return flow.codec;
  }
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
