import {
  computeVideoComponents,
  createGsfHead,
  readGsf,
  writeGsf,
} from "@sluice/media";
import { grains, testPictures, testTone } from "@sluice/media/testing";
import { Rate, Timestamp } from "@sluice/time";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const ids = {
  sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
  flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
};

describe("grains()", () => {
  it.each([7, 8, 9] as const)(
    "gives grains that GSF %i can say",
    async (version) => {
      const head = createGsfHead({
        version,
        id: "f56fbcc0-ba22-11ee-ac24-c9ac92c955d2",
        created: Timestamp.parse("1694429247:0"),
        segments: [{ id: "f56fbcc1-ba22-11ee-ac24-c9ac92c955d2" }],
      });
      await fc.assert(
        fc.asyncProperty(grains({ version }), async (grain) => {
          const [copy] = await readGsf(writeGsf(head, [grain])).toArray();

          expect(copy?.grain).toEqual(grain);
        }),
        { numRuns: 50 },
      );
    },
  );

  it("gives grains of all six kinds", () => {
    const kinds = new Set(
      fc.sample(grains(), { numRuns: 200, seed: 1 }).map(({ kind }) => kind),
    );

    expect(kinds.size).toBe(6);
  });
});

describe("testPictures()", () => {
  it("gives as many as are asked for, one after the other", async () => {
    const pictures = await testPictures({
      ...ids,
      count: 30,
      rate: Rate.of(30000, 1001),
      start: Timestamp.parse("10:0"),
    }).toArray();

    const times = pictures.map(({ originTimestamp }) =>
      originTimestamp
        .subtract(Timestamp.parse("10:0"))
        .toCount(Rate.of(30000, 1001)),
    );
    expect(times).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(pictures[0]?.components).toEqual(
      computeVideoComponents("U8_420", 320, 180),
    );
  });

  it("draws eight bars, white at the left of the first picture", async () => {
    const [picture] = await testPictures({ ...ids, count: 1 }).toArray();

    const line = picture?.data.subarray(0, 320);
    expect([...new Set(line)]).toEqual([180, 168, 145, 133, 63, 51, 28, 16]);
  });

  it("moves them to the left by two pixels", async () => {
    const [first, second] = await testPictures({ ...ids, count: 2 }).toArray();

    expect(second?.data.subarray(0, 318)).toEqual(first?.data.subarray(2, 320));
  });

  it.each([
    [{ width: 321 }, "Cannot use 321 as width: it is odd"],
    [
      { height: 0 },
      "Cannot use 0 as height: it is not a whole number from 2 to 65535",
    ],
  ])("refuses %o", (size, message) => {
    expect(() => testPictures({ ...ids, count: 1, ...size })).toThrow(
      new RangeError(message),
    );
  });
});

describe("testTone()", () => {
  it("goes on from one grain to the next, as if it were one", async () => {
    const whole = await testTone({ ...ids, count: 1, samples: 4800 }).toArray();
    const parts = await testTone({ ...ids, count: 48, samples: 100 }).toArray();

    const joined = Buffer.concat(parts.map(({ data }) => data));
    expect(Buffer.compare(joined, whole[0]?.data ?? joined.subarray(1))).toBe(
      0,
    );
  });

  it("has no gap in time", async () => {
    const parts = await testTone({
      ...ids,
      count: 20,
      sampleRate: 44_100,
      samples: 1764,
    }).toArray();

    const starts = parts.map(({ originTimestamp }) =>
      originTimestamp.toCount(Rate.of(44_100)),
    );
    expect(starts).toEqual(parts.map((_, index) => index * 1764));
  });

  it("has waves of 1 kHz, 18 dB below the highest", async () => {
    const [grain] = await testTone({ ...ids, count: 1, samples: 48 }).toArray();

    const data = grain?.data ?? new Uint8Array(0);
    const left = Array.from({ length: 48 }, (_, index) =>
      new DataView(data.buffer).getInt16(index * 4, true),
    );
    expect(Math.max(...left)).toBe(4125);
    expect(left[0]).toBe(0);
    expect(left[12]).toBe(4125);
    expect(left[36]).toBe(-4125);
  });

  it("refuses a frequency that no samples can carry", () => {
    expect(() => testTone({ ...ids, count: 1, frequency: 24_001 })).toThrow(
      new RangeError(
        "Cannot use 24001 as frequency: it is not above 0, and up to half of 48000",
      ),
    );
  });
});
