import {
  createGsfHead,
  readGsf,
  readGsfParts,
  writeGsf,
  writeGsfParts,
  type GsfPart,
} from "@sluice/media";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { files, versions } from "../support/arbitrary-gsf.ts";
import { cut, join } from "../support/bytes.ts";
import { listGrains, writeSmallFile } from "../support/small-files.ts";

async function write(parts: readonly GsfPart[]): Promise<Uint8Array> {
  return join(await writeGsfParts(parts).toArray());
}

describe("readGsfParts() and writeGsfParts()", () => {
  it("give back any file", async () => {
    await fc.assert(
      fc.asyncProperty(files(), async (parts) => {
        const bytes = await write(parts);
        const read = await readGsfParts(bytes).toArray();

        expect(read).toEqual(parts);
        expect(await write(read)).toEqual(bytes);
      }),
    );
  });

  it("give back several files, one behind the other", async () => {
    await fc.assert(
      fc.asyncProperty(files(), files(), async (one, other) => {
        const bytes = join([await write(one), await write(other)]);

        expect(await readGsfParts(bytes).toArray()).toEqual([...one, ...other]);
        expect(await write([...one, ...other])).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it("give the same parts however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        files(),
        fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 20 }),
        async (parts, sizes) => {
          const bytes = await write(parts);
          const chunks: Uint8Array[] = [];
          let at = 0;
          for (const size of [...sizes, bytes.length]) {
            chunks.push(bytes.subarray(at, at + size));
            at += size;
          }

          expect(await readGsfParts(chunks).toArray()).toEqual(parts);
        },
      ),
    );
  });

  it.each([1, 2, 3, 7, 64, 1023, 1024, 1025])(
    "give the same parts in chunks of %i bytes",
    async (size) => {
      const bytes = await writeSmallFile();
      const parts = await readGsfParts(bytes).toArray();

      expect(await readGsfParts(cut(bytes, size)).toArray()).toEqual(parts);
    },
  );

  it("keep the 16 bytes that version 7 does not use", async () => {
    const bytes = await writeSmallFile(7);
    const start = Buffer.from(bytes).indexOf("gbhd") + 8 + 32;
    bytes.fill(7, start, start + 16);

    const parts = await readGsfParts(bytes).toArray();

    expect(parts[1]).toMatchObject({ unused: new Uint8Array(16).fill(7) });
    expect(parts[2]).not.toHaveProperty("unused");
    expect(await write(parts)).toEqual(bytes);
  });

  it("keep a minor version", async () => {
    const bytes = await writeSmallFile();
    bytes[10] = 3;

    const parts = await readGsfParts(bytes).toArray();

    expect(parts[0]).toMatchObject({ version: { major: 9, minor: 3 } });
    expect(await write(parts)).toEqual(bytes);
  });
});

describe("writeGsf() and readGsf()", () => {
  it.each(versions)(
    "give back a grain of each kind in GSF %i",
    async (version) => {
      const grains = listGrains();

      const file = writeGsf(createGsfHead({ version }), grains);

      expect(
        await readGsf(file)
          .map(({ grain }) => grain)
          .toArray(),
      ).toEqual(grains);
    },
  );
});
