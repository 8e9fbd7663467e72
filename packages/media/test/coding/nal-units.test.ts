import {
  encodeAvcConfig,
  FormatError,
  getNalKind,
  joinAnnexB,
  joinLengthPrefixed,
  splitAnnexB,
  splitLengthPrefixed,
  toAnnexB,
  toLengthPrefixed,
} from "@sluice/media";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";

/** Units as an encoder makes them: never two zeros before 0 to 3, nor a zero at the end. */
const unit = fc
  .uint8Array({ minLength: 1, maxLength: 40, max: 4 })
  .map((bytes) => {
    const kept: number[] = [];
    for (const byte of bytes) {
      const isCode = byte <= 3 && kept.at(-1) === 0 && kept.at(-2) === 0;
      if (isCode) kept.push(3);
      kept.push(byte);
    }
    return Uint8Array.from([...kept, 0x80]);
  });
const units = fc.array(unit, { minLength: 1, maxLength: 6 });

const sps = Uint8Array.from(
  Buffer.from("6742c01ed900a0027fe5c044000003000400000300c83c58b920", "hex"),
);
const pps = Uint8Array.of(0x68, 0xcb, 0x83, 0xcb, 0x20);
const picture = Uint8Array.of(0x65, 0x88, 0x84);
const delimiter = Uint8Array.of(9, 0xf0);

describe("splitAnnexB()", () => {
  it("gives the units that were joined", () => {
    fc.assert(
      fc.property(units, (list) => {
        expect(splitAnnexB(joinAnnexB(list))).toEqual(list);
      }),
    );
  });

  it("takes start codes of three bytes and zeros around them", () => {
    const zeros = fc.integer({ min: 2, max: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(zeros, unit), { minLength: 1 }), (list) => {
        const parts = list.flatMap(([count, bytes]) => [
          new Uint8Array(count),
          Uint8Array.of(1),
          bytes,
        ]);
        expect(splitAnnexB(join([...parts, new Uint8Array(3)]))).toEqual(
          list.map(([, bytes]) => bytes),
        );
      }),
    );
  });

  it("gives nothing of nothing, and of zeros", () => {
    expect(splitAnnexB(new Uint8Array(0))).toEqual([]);
    expect(splitAnnexB(new Uint8Array(7))).toEqual([]);
  });

  it("fails where there are other bytes before the first start code", () => {
    expect(() => splitAnnexB(Uint8Array.of(0, 7, 0, 0, 1, 9))).toThrow(
      new FormatError({
        code: "MEDIA_MALFORMED",
        format: "NAL units",
        offset: 1,
        problem: "there are bytes before the first start code",
      }),
    );
  });
});

describe("splitLengthPrefixed()", () => {
  it("gives the units that were joined", () => {
    fc.assert(
      fc.property(units, (list) => {
        expect(splitLengthPrefixed(joinLengthPrefixed(list))).toEqual(list);
      }),
    );
  });

  it("takes lengths of two bytes", () => {
    const data = Uint8Array.of(0, 2, 9, 16, 0, 1, 7);

    expect(splitLengthPrefixed(data, 2)).toEqual([
      Uint8Array.of(9, 16),
      Uint8Array.of(7),
    ]);
  });

  it.each([
    [[0, 0, 0], "MEDIA_TRUNCATED", 3],
    [[0, 0, 0, 2, 1], "MEDIA_TRUNCATED", 5],
    [[0, 0, 0, 1, 1, 0, 0, 0, 0], "MEDIA_MALFORMED", 5],
    [[255, 255, 255, 255, 1], "MEDIA_TRUNCATED", 5],
  ])("fails on %j", (bytes, code, offset) => {
    expect(() => splitLengthPrefixed(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code, offset }),
    );
  });
});

describe("toAnnexB()", () => {
  it("undoes toLengthPrefixed()", () => {
    fc.assert(
      fc.property(units, (list) => {
        const data = joinAnnexB(list);
        const normal = toLengthPrefixed(data);
        expect(toAnnexB(normal, { format: "H264" })).toEqual(data);
      }),
    );
  });

  const decoderConfig = encodeAvcConfig([sps], [pps]);

  it("puts parameter sets before a key frame, behind its delimiter", () => {
    const normal = joinLengthPrefixed([delimiter, picture]);

    const data = toAnnexB(normal, {
      format: "H264",
      decoderConfig,
      isKeyFrame: true,
    });

    expect(splitAnnexB(data)).toEqual([delimiter, sps, pps, picture]);
  });

  it("leaves a key frame that has them, and every other frame", () => {
    const own = joinLengthPrefixed([sps, pps, picture]);
    const options = { format: "H264", decoderConfig } as const;

    expect(
      splitAnnexB(toAnnexB(own, { ...options, isKeyFrame: true })),
    ).toEqual([sps, pps, picture]);
    expect(
      splitAnnexB(toAnnexB(joinLengthPrefixed([picture]), options)),
    ).toEqual([picture]);
  });
});

describe("getNalKind()", () => {
  it.each([
    [0x09, "H264", "delimiter"],
    [0x67, "H264", "sequence-parameters"],
    [0x65, "H264", "key-picture"],
    [0x41, "H264", "picture"],
    [0x06, "H264", "before-picture"],
    [0x0c, "H264", "other"],
    [0x40, "H265", "video-parameters"],
    [0x46, "H265", "delimiter"],
    [0x2a, "H265", "key-picture"],
    [0x02, "H265", "picture"],
    [0x50, "H265", "other"],
  ] as const)("tells that %i of %s is %s", (byte, format, kind) => {
    expect(getNalKind(Uint8Array.of(byte, 1), format)).toBe(kind);
  });
});
