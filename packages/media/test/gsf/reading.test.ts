import {
  createGsfHead,
  FormatError,
  openGsf,
  readGsf,
  readGsfParts,
  writeGsfParts,
  type ByteInput,
  type GsfPart,
} from "@sluice/media";
import { Readable } from "node:stream";
import { asyncWith, from } from "sluice";
import { tracked } from "sluice/testing";
import { describe, expect, it } from "vitest";
import { block, cut, join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";
import { writeSmallFile } from "../support/small-files.ts";

describe("readGsf()", () => {
  it("reads whatever gives bytes", async () => {
    const file = await writeSmallFile();
    const chunks = cut(file, 100);
    const inputs: ByteInput[] = [
      file,
      Buffer.from(file),
      chunks,
      from(chunks),
      Readable.from(chunks),
      new Blob([file.slice().buffer]).stream(),
    ];

    for (const input of inputs) {
      expect(await readGsf(input).toArray()).toHaveLength(6);
    }
  });

  it("gives payloads as views, where one chunk has them", async () => {
    const file = await writeSmallFile();

    const grains = await readGsf(file).toArray();

    for (const { grain } of grains) {
      expect(grain.data.buffer).toBe(file.buffer);
    }
  });

  it("reads no further than the grain that was asked for", async () => {
    const chunks = cut(await writeSmallFile(), 300);
    const [source, track] = tracked(chunks);

    for await (const _ of readGsf(source)) break;

    expect(track.pulled).toBeLessThan(chunks.length);
    expect(track.closed).toBe(1);
  });

  it("closes its input when it fails", async () => {
    const [source, track] = tracked([new Uint8Array(20), new Uint8Array(20)]);

    const error = await errorOf(readGsf(source).toArray());

    expect(error).toBeInstanceOf(FormatError);
    expect(track).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("can be left while its input is silent", async () => {
    const file = await writeSmallFile();
    let isOpen = true;
    const input = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(file.subarray(0, 500));
      },
      cancel: () => {
        isOpen = false;
      },
    });
    const grains = readGsf(input);
    await grains.next();
    const pending = readRest(grains);

    await grains.return();

    expect(isOpen).toBe(false);
    await pending;
  });

  it("ends by its signal, with the reason, and closes its input", async () => {
    const file = await writeSmallFile();
    const controller = new AbortController();
    let isOpen = true;
    const input = new ReadableStream<Uint8Array>({
      start: (source) => {
        source.enqueue(file.subarray(0, 500));
      },
      cancel: () => {
        isOpen = false;
      },
    });
    const reason = new Error("Enough");

    const error = await errorOf(
      readGsf(input, { signal: controller.signal }).forEach(() => {
        controller.abort(reason);
      }),
    );

    expect(error).toBe(reason);
    expect(isOpen).toBe(false);
  });

  it("passes the failure of its input on", async () => {
    const file = await writeSmallFile();
    const failure = new Error("The disk is gone");
    const input = from([file.subarray(0, 500)]).map((chunk, { index }) => {
      if (index > 0) throw failure;
      return chunk;
    });
    const broken = (async function* () {
      yield* input;
      throw failure;
    })();

    expect(await errorOf(readGsf(broken).toArray())).toBe(failure);
  });

  it("refuses an input and a chunk without bytes", async () => {
    // @ts-expect-error -- a number is no input
    expect(() => readGsf(5)).toThrow(TypeError);
    // @ts-expect-error -- a text is no chunk
    expect(await errorOf(readGsf(["SSBB"]).toArray())).toMatchObject({
      name: "TypeError",
      message:
        "Cannot read bytes of a chunk of type string: it is no Uint8Array",
    });
  });

  it("takes chunks without bytes for nothing", async () => {
    const file = await writeSmallFile();
    const none = new Uint8Array(0);

    expect(await readGsf([none, file, none]).toArray()).toHaveLength(6);
  });
});

/** Asks for grains until there are none. */
async function readRest(grains: AsyncIterator<unknown>): Promise<void> {
  while ((await grains.next()).done !== true);
}

describe("readGsf() of blocks that are not known", () => {
  it("skips them wherever they are", async () => {
    const file = await writeSmallFile();
    const fill = block("fill", new Uint8Array(30));
    const headEnd = Buffer.from(file).indexOf("grai");
    const padded = join([
      file.subarray(0, 12),
      fill,
      file.subarray(12, headEnd),
      fill,
      file.subarray(headEnd),
      fill,
    ]);

    for (const size of [1, 5, 29, padded.length]) {
      expect(await readGsf(cut(padded, size)).toArray()).toHaveLength(6);
    }
  });

  it("skips them within others, and what is too short for a block", async () => {
    const file = await writeSmallFile();
    const grain = block(
      "grai",
      Uint8Array.of(1, 0),
      block("what", new Uint8Array(3)),
      block(
        "gbhd",
        new Uint8Array(70),
        block("what"),
        block("eghd", Uint8Array.of(0, 1, 2, 3)),
        Uint8Array.of(1, 2, 3, 4, 5, 6, 7),
      ),
      block("what"),
      block("grdt", Uint8Array.of(5)),
      Uint8Array.of(1),
    );
    const padded = join([file.subarray(0, -8), grain, file.subarray(-8)]);

    const grains = await readGsf(padded).toArray();

    expect(grains[6]).toMatchObject({
      localId: 1,
      grain: { kind: "data", format: "JSON", data: Uint8Array.of(5) },
    });
  });

  it("are parts behind a head", async () => {
    const parts: GsfPart[] = [
      createGsfHead(),
      { kind: "block", tag: "fill", data: Uint8Array.of(1, 2) },
      { kind: "end" },
      { kind: "block", tag: "what", data: new Uint8Array(0) },
    ];
    const file = join(await writeGsfParts(parts.slice(0, 3)).toArray());

    const read = await readGsfParts(join([file, block("what")])).toArray();

    expect(read.map(({ kind }) => kind)).toEqual([
      "head",
      "block",
      "end",
      "block",
    ]);
    expect(read[1]).toEqual(parts[1]);
  });
});

describe("readGsf() of files one behind the other", () => {
  it("reads one whose end is not marked, if another follows", async () => {
    const file = await writeSmallFile();
    const other = await writeSmallFile(7);

    const parts = await readGsfParts(
      join([file.subarray(0, -8), other]),
    ).toArray();

    const heads = parts.filter((part) => part.kind === "head");
    expect(heads.map(({ version }) => version.major)).toEqual([9, 7]);
    expect(parts.filter(({ kind }) => kind === "grain")).toHaveLength(12);
    expect(parts.filter(({ kind }) => kind === "end")).toHaveLength(1);
  });
});

describe("openGsf()", () => {
  it("gives the head, and the grains", async () => {
    const file = await writeSmallFile(8);

    await asyncWith(openGsf(file), async ({ head, getGrains }) => {
      expect(head.version).toEqual({ major: 8, minor: 0 });
      expect(head.tags).toEqual([{ key: "title", value: "Test" }]);
      expect(await getGrains().toArray()).toHaveLength(6);
      expect(await getGrains().toArray()).toEqual([]);
    });
  });

  it("goes on where a loop was left, and closes with the block", async () => {
    const chunks = cut(await writeSmallFile(), 100);
    const [source, track] = tracked(chunks);

    await asyncWith(openGsf(source), async ({ getGrains }) => {
      const seen: string[] = [];
      for await (const { grain } of getGrains()) {
        seen.push(grain.kind);
        break;
      }
      const [next] = await getGrains()
        .map(({ grain }) => grain.kind)
        .take(1)
        .toArray();

      expect([...seen, next]).toEqual(["video", "coded-video"]);
      expect(track.closed).toBe(0);
    });

    expect(track.closed).toBe(1);
  });

  it("closes when its block fails, and passes the failure on", async () => {
    const [source, track] = tracked(cut(await writeSmallFile(), 100));
    const failure = new Error("Broken");

    const error = await errorOf(
      asyncWith(openGsf(source), () => {
        throw failure;
      }),
    );

    expect(error).toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("fails on entering, if there is no head, and closes", async () => {
    const [source, track] = tracked([new Uint8Array(100)]);

    const error = await errorOf(asyncWith(openGsf(source), () => undefined));

    expect(error).toMatchObject({ code: "MEDIA_MALFORMED", offset: 0 });
    expect(track.closed).toBe(1);
  });
});
