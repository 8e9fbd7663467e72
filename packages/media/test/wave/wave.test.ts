import fc from "fast-check";
import {
  encodeWaveHeader,
  FormatError,
  getWaveFrameBytes,
  readWave,
  writeWave,
  type WaveFormat,
  type WaveItem,
  type WaveReaderOptions,
  type WaveWriterOptions,
} from "@sluice/media";
import { from } from "sluice";
import { tracked } from "sluice/testing";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { cutInto } from "../support/pieces.ts";

const stereo: WaveFormat = {
  sampleFormat: "s16",
  numberOfChannels: 2,
  sampleRate: 48000,
};
const mono8: WaveFormat = {
  sampleFormat: "u8",
  numberOfChannels: 1,
  sampleRate: 8000,
};

describe("readWave(writeWave())", { timeout: 60_000 }, () => {
  it("gives back the format, the samples and the chunks, however the bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryFormat(),
        fc.uint8Array({ maxLength: 300 }),
        fc.array(arbitraryChunk(), { maxLength: 3 }),
        fc.array(arbitraryChunk(), { maxLength: 3 }),
        fc.constantFrom("RIFF", "RF64", "BW64"),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1 }),
        async (
          format,
          bytes,
          chunks,
          trailingChunks,
          container,
          reserve,
          sizes,
        ) => {
          const frameBytes = getWaveFrameBytes(format);
          const numberOfFrames = 1 + Math.floor(bytes.length / frameBytes);
          const samples = new Uint8Array(numberOfFrames * frameBytes);
          samples.set(bytes.subarray(0, samples.length));
          const options = {
            chunks,
            trailingChunks,
            container,
            reserve,
            numberOfFrames,
          } as const;

          const file = await write(cutInto(samples, [7, 30]), format, options);
          const items = await read(cutInto(file, [...sizes, 1]));

          const [header] = items;
          expect(header).toMatchObject({
            kind: "header",
            format,
            container,
            numberOfFrames,
            dataOffset: encodeWaveHeader(format, options).length,
          });
          expect(header).toHaveProperty("format", format);
          expect(samplesOf(items)).toEqual(samples);
          expect(
            toData(header?.kind === "header" ? header.chunks : []),
          ).toEqual(chunks);
          expect(toData(items.filter((item) => item.kind === "chunk"))).toEqual(
            trailingChunks,
          );
        },
      ),
    );
  });

  it("gives blocks of so many frames, at exact positions", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1 }),
        async (numberOfFrames, framesPerBlock, sizes) => {
          const samples = createSamples(numberOfFrames * 4);
          const file = await write([samples], stereo, { numberOfFrames });

          const items = await read(cutInto(file, sizes), { framesPerBlock });

          const blocks = items.filter((item) => item.kind === "block");
          expect(blocks.map(({ position }) => position)).toEqual(
            blocks.map((_, index) => index * framesPerBlock),
          );
          expect(
            blocks
              .slice(0, -1)
              .every((block) => block.numberOfFrames === framesPerBlock),
          ).toBe(true);
          expect(samplesOf(items)).toEqual(samples);
        },
      ),
    );
  });
});

describe("readWave()", () => {
  it("gives views of what it was given", async () => {
    const file = await write([createSamples(4000)], stereo);

    const items = await read([file]);

    const block = items.find((item) => item.kind === "block");
    expect(block?.data.buffer).toBe(file.buffer);
    expect(block?.numberOfFrames).toBe(1000);
  });

  it.each([
    ["0xFFFFFFFF", 0xffffffff, 0xffffffff],
    ["0", 0, 0],
    ["0, with the length of the head alone", 36, 0],
  ])("reads to the end if the length is %s", async (_, riff, data) => {
    const samples = createSamples(400);
    const file = await write([samples], stereo, { numberOfFrames: 100 });
    set32(file, 4, riff);
    set32(file, 40, data);

    const items = await read([file]);

    expect(items[0]).toHaveProperty("numberOfFrames", undefined);
    expect(samplesOf(items)).toEqual(samples);
  });

  it("takes samples of no length for empty where the file goes on", async () => {
    const trailingChunks = [{ id: "LIST", data: createSamples(3) }];
    const file = await write([], stereo, { numberOfFrames: 0, trailingChunks });

    const items = await read([file]);

    expect(items.map(({ kind }) => kind)).toEqual(["header", "chunk"]);
    expect(items[0]).toHaveProperty("numberOfFrames", 0);
  });

  it("does not read what follows the file", async () => {
    const file = await write([createSamples(4)], stereo, { numberOfFrames: 1 });
    const [source, track] = tracked([file, new Uint8Array(5)]);

    const items = await readWave(source).toArray();

    expect(items.map(({ kind }) => kind)).toEqual(["header", "block"]);
    expect(track).toMatchObject({ pulled: 1, closed: 1 });
  });

  it("closes its source when it is left, and when it fails", async () => {
    const file = await write([createSamples(4)], stereo);
    const [left, leftTrack] = tracked([file, file]);
    const [failing, failingTrack] = tracked([new Uint8Array(12), file]);

    for await (const _ of readWave(left)) break;
    await expect(readWave(failing).toArray()).rejects.toThrow(FormatError);

    expect(leftTrack.closed).toBe(1);
    expect(failingTrack.closed).toBe(1);
  });

  it("closes a stream that was handed over and never read", async () => {
    let isClosed = false;
    const source = from([new Uint8Array(1)]).onClose(() => {
      isClosed = true;
    });

    await readWave(source).return();

    expect(isClosed).toBe(true);
  });

  it("skips a chunk that is too long to keep, and says so", async () => {
    const file = await write([createSamples(4)], stereo, {
      numberOfFrames: 1,
      chunks: [{ id: "bext", data: createSamples(601) }],
    });

    const [header] = await read([file], { maxChunkBytes: 600 });

    expect(header).toMatchObject({
      chunks: [{ id: "bext", offset: 44, sizeBytes: 601, data: undefined }],
    });
  });

  it("reads past 4 GiB, in 64 bits", async () => {
    const numberOfFrames = 2 ** 31 + 5;
    const megabyte = new Uint8Array(2 ** 20);
    const parts = function* () {
      yield encodeWaveHeader(mono8Stereo, { numberOfFrames });
      for (let index = 0; index < 4096; index++) yield megabyte;
      yield new Uint8Array(10);
    };

    let frames = 0;
    for await (const item of readWave(parts())) {
      if (item.kind !== "block") continue;
      expect(item.position).toBe(frames);
      frames += item.numberOfFrames;
    }

    expect(frames).toBe(numberOfFrames);
  });

  it("is told of the end of a file that is cut at any byte", async () => {
    const trailingChunks = [{ id: "LIST", data: createSamples(7) }];
    const options = { numberOfFrames: 5, trailingChunks };
    const samples = createSamples(20);
    const file = await write([samples], stereo, options);

    for (let length = 0; length < file.length - 1; length++) {
      const part = file.slice(0, length);
      await expect(read([part])).rejects.toMatchObject({
        code: "MEDIA_TRUNCATED",
        offset: length,
      });
      if (length < 44) continue;
      const items = await read([part], { damage: "report" });
      const whole = Math.min(20, length - 44 - ((length - 44) % 4));
      expect(samplesOf(items)).toEqual(samples.slice(0, whole));
      expect(items.at(-1)).toMatchObject({
        kind: "loss",
        reason: "truncated",
        offset: length,
        bytes: file.length - length,
      });
    }
  });

  it.each([
    ["no RIFF", 0, "X", 0, "it does not begin with RIFF, RF64 or BW64"],
    ["no WAVE", 8, "X", 8, "it is a RIFF file, but none of sound"],
    ["no format", 12, "X", 36, "the samples come before their format"],
    [
      "compressed samples",
      20,
      "\x55",
      20,
      "samples of 16 bits of kind 85, which are not read",
    ],
    ["no channel", 22, "\0", 22, "no channel"],
    ["a rate of 0", 24, "\0\0\0\0", 24, "a sample rate of 0"],
    [
      "frames of another length",
      32,
      "\x05",
      32,
      "frames of 5 bytes, where the samples need 4",
    ],
    [
      "samples that go on too long",
      40,
      "\x05",
      36,
      "the chunk 'data' ends at byte 49, but the file says that it ends at 48",
    ],
    [
      "a format that is too short",
      16,
      "\x03\0\0\0",
      20,
      "a 'fmt ' chunk of 3 bytes, which needs 16",
    ],
  ])("refuses %s", async (_, at, text, offset, problem) => {
    const file = await write([createSamples(4)], stereo, { numberOfFrames: 1 });
    file.set(Buffer.from(text, "latin1"), at);

    await expect(read([file])).rejects.toMatchObject({
      name: "FormatError",
      code: "MEDIA_MALFORMED",
      offset,
      message: `Cannot read WAV at byte ${offset}: ${problem}`,
    });
  });

  it("refuses samples that end within a frame, behind the whole ones", async () => {
    const file = await write([createSamples(6)], mono8, { numberOfFrames: 6 });
    // As if there were two channels of 16 bits.
    set32(file, 20, 0x20001);
    set32(file, 32, 0x100004);

    const items = await read([file], { damage: "report" });

    expect(items.map(({ kind }) => kind)).toEqual(["header", "block", "loss"]);
    expect(items[2]).toMatchObject({
      reason: "malformed",
      offset: 48,
      bytes: 2,
    });
    await expect(read([file])).rejects.toMatchObject({ offset: 48 });
  });

  it("passes over what a 'ds64' chunk has besides, and its padding", async () => {
    const samples = createSamples(8);
    const file = await write([samples], stereo, {
      container: "RF64",
      numberOfFrames: 2,
    });
    // One byte in place of the table's length, and one that makes the chunk even.
    const odd = join([file.subarray(0, 44), file.subarray(46)]);
    set32(odd, 16, 25);
    set32(odd, 20, odd.length - 8);

    expect(samplesOf(await read([odd]))).toEqual(samples);
  });

  it("tells that the file ends within 'ds64'", async () => {
    const file = await write([], stereo, { container: "RF64" });
    const cut = file.subarray(0, 50);
    set32(cut, 16, 100);

    await expect(read([cut])).rejects.toMatchObject({
      code: "MEDIA_TRUNCATED",
      offset: 50,
    });
  });

  it("refuses what is no bytes, and options that make no sense", async () => {
    const texts: unknown[] = ["RIFF"];

    await expect(read(texts as Uint8Array[])).rejects.toThrow(TypeError);
    expect(() => readWave([], { framesPerBlock: 0 })).toThrow(
      new RangeError(
        "Cannot take 0 as framesPerBlock of WAV: it is no integer from 1 to 9007199254740991",
      ),
    );
    expect(() => readWave(5 as unknown as Uint8Array[])).toThrow(TypeError);
  });
});

describe("writeWave()", () => {
  it("says in its head what it cannot know, and leaves room to mend it", async () => {
    const samples = createSamples(400);
    const file = await write([samples], stereo);
    file.set(encodeWaveHeader(stereo, { numberOfFrames: 100, reserve: true }));

    const items = await read([file]);

    expect(items[0]).toMatchObject({ numberOfFrames: 100, dataOffset: 80 });
    expect(samplesOf(items)).toEqual(samples);
  });

  it("uses 64 bits as soon as 32 do not hold the length", () => {
    const names = [0xffffffff - 1 - 36, 0xffffffff - 36].map((numberOfFrames) =>
      Buffer.from(encodeWaveHeader(mono8, { numberOfFrames })).toString(
        "latin1",
        0,
        4,
      ),
    );

    expect(names).toEqual(["RIFF", "RF64"]);
  });

  it.each([
    [[3], 1, "Cannot end WAV after 3 bytes of samples: a frame has 4"],
    [[4], 2, "Cannot write 1 frames of WAV: its head promises 2"],
    [[4, 8], 2, "Cannot write 3 frames of WAV: its head promises 2"],
  ])(
    "refuses blocks of %j bytes for %i frames",
    async (sizes, frames, message) => {
      const blocks = sizes.map((size) => new Uint8Array(size));
      const [source, track] = tracked(blocks);

      const file = writeWave(source, stereo, { numberOfFrames: frames });

      await expect(file.toArray()).rejects.toThrow(new RangeError(message));
      expect(track.open).toBe(0);
    },
  );

  it.each<[string, Partial<WaveFormat>, WaveWriterOptions]>([
    ["no channel", { numberOfChannels: 0 }, {}],
    ["a rate with a fraction", { sampleRate: 0.5 }, {}],
    ["too many valid bits", { validBitsPerSample: 17 }, {}],
    [
      "a name of its own",
      {},
      { chunks: [{ id: "data", data: new Uint8Array() }] },
    ],
    [
      "a name of three letters",
      {},
      { chunks: [{ id: "abc", data: new Uint8Array() }] },
    ],
    ["a number of frames below 0", {}, { numberOfFrames: -1 }],
    ["frames of too many bytes", { numberOfChannels: 65535 }, {}],
  ])("refuses %s", (_, part, options) => {
    expect(() => writeWave([], { ...stereo, ...part }, options)).toThrow(
      RangeError,
    );
  });

  it("refuses chunks behind samples that are not counted", () => {
    const trailingChunks = [{ id: "LIST", data: new Uint8Array() }];

    expect(() => writeWave([], stereo, { trailingChunks })).toThrow(TypeError);
  });
});

const mono8Stereo: WaveFormat = { ...mono8, numberOfChannels: 2 };

function arbitraryFormat(): fc.Arbitrary<WaveFormat> {
  const formats = ["u8", "s16", "s24", "s32", "f32", "f64"] as const;
  return fc
    .record({
      sampleFormat: fc.constantFrom(...formats),
      numberOfChannels: fc.integer({ min: 1, max: 9 }),
      sampleRate: fc.constantFrom(1, 44100, 48000, 192000),
      channelMask: fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 })),
      validBitsPerSample: fc.option(fc.integer({ min: 1, max: 7 })),
    })
    .map(({ channelMask, validBitsPerSample, ...format }) => ({
      ...format,
      ...(channelMask === null ? {} : { channelMask }),
      ...(validBitsPerSample === null || format.sampleFormat.startsWith("f")
        ? {}
        : { validBitsPerSample }),
    }));
}

function arbitraryChunk() {
  return fc.record({
    id: fc.constantFrom("LIST", "bext", "iXML", "cue "),
    data: fc.uint8Array({ maxLength: 20 }),
  });
}

async function write(
  blocks: Uint8Array[],
  format: WaveFormat,
  options?: WaveWriterOptions,
): Promise<Uint8Array> {
  return join(await writeWave(blocks, format, options).toArray());
}

function read(
  pieces: Uint8Array[],
  options?: WaveReaderOptions,
): Promise<WaveItem[]> {
  return readWave(pieces, options).toArray();
}

function samplesOf(items: readonly WaveItem[]): Uint8Array {
  return join(
    items.flatMap((item) => (item.kind === "block" ? item.data : [])),
  );
}

function toData(
  chunks: readonly { id: string; data: Uint8Array | undefined }[],
): object[] {
  return chunks.map(({ id, data }) => ({
    id,
    data: data && Uint8Array.from(data),
  }));
}

function createSamples(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => index * 7);
}

function set32(bytes: Uint8Array, at: number, value: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, value, true);
}
