import { readTransportStream, writeTransportStream } from "@sluice/media";
import { describe, it } from "vitest";
import { join } from "../support/bytes.ts";
import { fuzzInputs, fuzzReader } from "../support/fuzz.ts";

const packets = Array.from({ length: 24 }, (_, index) => ({
  pid: 256 + (index % 3),
  pts: 2 ** 33 - 20_000 + index * 3600,
  data: Uint8Array.from(
    { length: (index % 5) * 150 },
    (__, place) => place * index,
  ),
  isRandomAccess: index % 6 === 0,
}));
const parts = await writeTransportStream(packets, {
  streams: [
    { pid: 256, codec: "mpeg2-video" },
    { pid: 257, codec: "aac-adts", language: "eng" },
    { pid: 258, streamType: 6 },
  ],
}).toArray();
const file = join(parts);

describe("readTransportStream() of bytes that were tampered with", () => {
  it(`gives what can be read, or one of our errors, of ${fuzzInputs} inputs`, async () => {
    await fuzzReader([file, file.slice(0, 3 * 188)], (chunks) =>
      readTransportStream(chunks, { clocks: true }),
    );
  }, 3_600_000);
});
