import {
  FormatError,
  readGsf,
  readGsfParts,
  type GsfReadOptions,
} from "@sluice/media";
import { describe, expect, it } from "vitest";
import { block, cut, join, uint32 } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";
import { writeSmallFile } from "../support/small-files.ts";

const end = join([Buffer.from("grai"), uint32(0)]);

/** Reads a file that is broken. */
async function fail(
  file: Uint8Array,
  options?: GsfReadOptions,
): Promise<unknown> {
  return errorOf(readGsf(file, options).toArray());
}

/** Says where a tag is, the first unless said otherwise. */
function find(file: Uint8Array, tag: string, from = 0): number {
  return Buffer.from(file).indexOf(tag, from, "latin1");
}

/** Gives a file with a few bytes that differ. */
function patch(file: Uint8Array, at: number, ...bytes: number[]): Uint8Array {
  const copy = file.slice();
  copy.set(bytes, at);
  return copy;
}

/** Puts a block in front of the end of a file. */
function append(file: Uint8Array, ...blocks: Uint8Array[]): Uint8Array {
  return join([file.subarray(0, -8), ...blocks, end]);
}

const header = (...children: Uint8Array[]) =>
  block("gbhd", new Uint8Array(70), ...children);
const grain = (...children: Uint8Array[]) =>
  block("grai", Uint8Array.of(1, 0), ...children);

describe("readGsf() of a file that is cut short", () => {
  it.each([7, 8, 9] as const)(
    "says where GSF %i ends, wherever that is, after the grains that are whole",
    async (version) => {
      const file = await writeSmallFile(version);
      for (let size = 0; size < file.length; size += 1) {
        const short = file.subarray(0, size);
        const seen: number[] = [];

        const error = await errorOf(
          readGsf(cut(short, 50)).forEach(({ localId }) => {
            seen.push(localId);
          }),
        );

        expect(error).toBeInstanceOf(FormatError);
        expect(error).toMatchObject({ code: "MEDIA_TRUNCATED", offset: size });
        expect(seen.length).toBeLessThanOrEqual(6);
      }
    },
  );

  it("gives every grain that is whole before it fails", async () => {
    const file = await writeSmallFile();
    let count = 0;

    const error = await errorOf(
      readGsf(file.subarray(0, -8)).forEach(() => {
        count += 1;
      }),
    );

    expect(count).toBe(6);
    expect(error).toMatchObject({
      message: `Cannot read GSF at byte ${file.length - 8}: the file ends without the mark of its end`,
    });
  });

  it.each([
    [0, "within its signature"],
    [5, "within its signature"],
    [12, "before its head"],
    [30, "within a block"],
  ])("tells of %i bytes that it ends %s", async (size, problem) => {
    const file = await writeSmallFile();

    expect(await fail(file.subarray(0, size))).toMatchObject({
      message: `Cannot read GSF at byte ${size}: the file ends ${problem}`,
    });
  });

  it("tells that it ends within a block that it skips", async () => {
    const file = append(
      await writeSmallFile(),
      block("fill", new Uint8Array(9)),
    );

    expect(await fail(file.subarray(0, -10))).toMatchObject({
      code: "MEDIA_TRUNCATED",
      offset: file.length - 10,
    });
  });
});

describe("readGsf() of a file that is broken", () => {
  it("refuses another signature at the first byte that differs", async () => {
    const file = await writeSmallFile();

    expect(await fail(patch(file, 3, 0))).toMatchObject({
      code: "MEDIA_MALFORMED",
      offset: 3,
      message:
        'Cannot read GSF at byte 3: the file does not begin with "SSBBgrsg"',
    });
    expect(await fail(Uint8Array.of(65))).toMatchObject({
      code: "MEDIA_MALFORMED",
      offset: 0,
    });
  });

  it.each([0, 6, 10, 0xffff])("refuses version %i", async (major) => {
    const file = patch(await writeSmallFile(), 8, major & 0xff, major >> 8);

    expect(await fail(file)).toMatchObject({
      offset: 8,
      message: `Cannot read GSF at byte 8: version ${major}.0, and only 7, 8 and 9 are known`,
    });
  });

  it.each(["head", "segm", "flow", "tag ", "grai", "gbhd", "tils", "vghd"])(
    "refuses a block %j whose size is less than its header",
    async (tag) => {
      const file = await writeSmallFile();
      const offset = find(file, tag) + 4;

      for (const size of tag === "grai" ? [1, 7] : [0, 7]) {
        expect(await fail(patch(file, offset, size, 0, 0, 0))).toMatchObject({
          code: "MEDIA_MALFORMED",
          offset,
        });
      }
    },
  );

  it.each(["segm", "flow", "tag ", "gbhd", "tils", "vghd", "comp", "grdt"])(
    "refuses a block %j that ends behind what it is in",
    async (tag) => {
      const file = await writeSmallFile();
      const at = find(file, tag);

      for (const high of [1, 0x7f, 0xff]) {
        expect(await fail(patch(file, at + 7, high))).toMatchObject({
          code: "MEDIA_MALFORMED",
          offset: at + 8,
        });
      }
    },
  );

  it.each(["tils", "comp", "unof"])(
    "refuses more in a block %j than it has room for",
    async (tag) => {
      const file = await writeSmallFile();

      const error = await fail(patch(file, find(file, tag) + 8, 0xff, 0xff));

      expect(error).toMatchObject({ code: "MEDIA_MALFORMED" });
      expect(String(error)).toContain(`block "${tag}" should go on for`);
    },
  );

  it("tells where a field is that a block is too short for", async () => {
    const file = await writeSmallFile();
    const bad = append(file, grain(header(block("aghd", new Uint8Array(9)))));
    const offset = find(bad, "aghd", file.length - 8) + 8 + 6;

    expect(await fail(bad)).toMatchObject({
      offset,
      message: `Cannot read GSF at byte ${offset}: block "aghd" should go on for 4 bytes, and has 3`,
    });
  });

  it.each([
    ["a grain without a header", grain(block("what"))],
    [
      "a grain whose payload comes before its header",
      grain(block("grdt"), header()),
    ],
    [
      "a grain of two kinds",
      grain(
        header(
          block("eghd", Uint8Array.of(0)),
          block("aghd", new Uint8Array(14)),
        ),
      ),
    ],
    ['a second block "grdt"', grain(header(), block("grdt"), block("grdt"))],
    [
      'a second block "eghd"',
      grain(
        header(
          block("eghd", Uint8Array.of(0)),
          block("eghd", Uint8Array.of(0)),
        ),
      ),
    ],
    ["a second head", block("head", new Uint8Array(23))],
  ])("refuses %s", async (problem, bad) => {
    const error = await fail(append(await writeSmallFile(), bad));

    expect(error).toBeInstanceOf(FormatError);
    expect(String(error)).toContain(problem);
  });

  it("refuses a grain behind the end, and anything else that is no file", async () => {
    const file = await writeSmallFile();

    expect(
      await fail(join([file, grain(header(), block("grdt"))])),
    ).toMatchObject({
      offset: file.length,
      message: `Cannot read GSF at byte ${file.length}: a grain behind the end`,
    });
    expect(await fail(join([file, Buffer.from("SSBBxxxx")]))).toMatchObject({
      offset: file.length + 4,
    });
  });

  it("refuses a grain and another file before the head", async () => {
    const file = await writeSmallFile();
    const start = file.subarray(0, 12);

    expect(await fail(join([start, grain(header())]))).toMatchObject({
      offset: 12,
      message: "Cannot read GSF at byte 12: a grain before the head",
    });
    expect(await fail(join([start, file]))).toMatchObject({
      message: "Cannot read GSF at byte 12: another file before the head",
    });
  });

  it("refuses values that there are not", async () => {
    const file = await writeSmallFile();
    const date = find(file, "head") + 8 + 16;
    const segment = find(file, "segm") + 8;
    const time = find(file, "gbhd") + 8 + 32;

    expect(await fail(patch(file, date + 2, 13))).toMatchObject({
      offset: date,
      message: `Cannot read GSF at byte ${date}: a date and time of 2023 13 11 10 46 50`,
    });
    expect(await fail(patch(file, date + 6, 60))).toMatchObject({
      offset: date,
    });
    expect(await fail(patch(file, segment + 18 + 7, 0xff))).toMatchObject({
      offset: segment + 18,
    });
    expect(
      await fail(patch(file, time + 7, 0, 0xca, 0x9a, 0x3b)),
    ).toMatchObject({
      offset: time + 7,
      message: `Cannot read GSF at byte ${time + 7}: a timestamp with 1000000000 nanoseconds`,
    });
    expect(
      await fail(patch(file, time + 22, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0)),
    ).toMatchObject({
      offset: time + 22,
      message: `Cannot read GSF at byte ${time + 22}: a rate of 4294967295/1`,
    });
    expect(await fail(patch(file, find(file, "Test"), 0xff))).toMatchObject({
      offset: find(file, "Test"),
      message: `Cannot read GSF at byte ${find(file, "Test")}: a text that is no UTF-8`,
    });
  });

  it("takes a leap second that there was", async () => {
    const file = await writeSmallFile();
    const date = find(file, "head") + 8 + 16;
    const leap = patch(file, date, 0xe0, 7, 12, 31, 23, 59, 60);

    const [head] = await readGsfParts(leap).toArray();

    expect(head?.kind === "head" && `${head.created}`).toBe("1483228836:0");
  });

  it("refuses a segment that is there twice", async () => {
    const file = await writeSmallFile();
    const segment = find(file, "segm");
    const size = new DataView(file.buffer).getUint32(segment + 4, true);
    const copy = file.subarray(segment, segment + size);
    const bad = join([file.subarray(0, segment), copy, file.subarray(segment)]);
    new DataView(bad.buffer).setUint32(
      16,
      new DataView(file.buffer).getUint32(16, true) + size,
      true,
    );

    expect(await fail(bad)).toMatchObject({ offset: segment + size + 8 });
  });
});

describe("readGsf() of sizes that are too large", () => {
  it("fails by the first bytes of a block that is larger than allowed", async () => {
    const file = await writeSmallFile();
    const at = find(file, "grai");
    const bad = patch(file, at + 4, 0xff, 0xff, 0xff, 0xff);

    expect(await fail(bad.subarray(0, at + 8))).toMatchObject({
      code: "MEDIA_MALFORMED",
      offset: at + 4,
      message: `Cannot read GSF at byte ${at + 4}: block "grai" has a size of 4294967295, and at most 1073741824 are allowed`,
    });
    expect(await fail(file, { maxBlockBytes: 100 })).toMatchObject({
      offset: 16,
    });
  });

  it("sets nothing aside for bytes that do not come", async () => {
    const file = await writeSmallFile();
    const bad = patch(file, find(file, "grai") + 4, 0, 0, 0, 0x40);
    const before = process.memoryUsage().arrayBuffers;

    const error = await fail(bad);

    const grown = process.memoryUsage().arrayBuffers - before;
    expect(error).toMatchObject({
      code: "MEDIA_TRUNCATED",
      offset: file.length,
    });
    expect(grown).toBeLessThan(1_000_000);
  });

  it("skips what it does not hold, however large it is", async () => {
    const file = await writeSmallFile();
    const huge = block("fill", new Uint8Array(5000));

    const grains = await readGsf(append(file, huge), {
      maxBlockBytes: 1000,
    }).toArray();

    expect(grains).toHaveLength(6);
  });

  it("takes no limit that is none", () => {
    expect(() => readGsf([], { maxBlockBytes: -1 })).toThrow(
      "Cannot use -1 as maxBlockBytes: it is not a whole number from 0 to 4294967295",
    );
  });
});
