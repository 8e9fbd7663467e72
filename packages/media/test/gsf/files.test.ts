import { readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import {
  computeDataLength,
  openGsf,
  readGsf,
  readGsfParts,
  writeGsfParts,
  type Grain,
} from "@sluice/media";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { cut, join } from "../support/bytes.ts";
import { findShared } from "../support/shared-files.ts";

const folder = findShared("data/gsf");
if (folder === undefined) {
  console.warn(
    "The files of mediagrains are not read: shared/data/gsf is missing",
  );
}

const files = [
  "audio_8",
  "coded_audio_8",
  "coded_video_8",
  "coded_video_9",
  "event_8",
  "video_8",
];

function load(name: string): Uint8Array {
  return new Uint8Array(readFileSync(joinPath(folder ?? "", `${name}.gsf`)));
}

async function loadGrains(name: string): Promise<Grain[]> {
  return readGsf(load(name))
    .map(({ grain }) => grain)
    .toArray();
}

describe.skipIf(folder === undefined)("the files of mediagrains", () => {
  it.each(files)("%s is written back to the letter", async (name) => {
    const file = load(name);

    const copy = await writeGsfParts(readGsfParts(file)).toArray();

    expect(Buffer.compare(join(copy), file)).toBe(0);
  });

  it.each(files)("%s has ten grains in one segment", async (name) => {
    await asyncWith(openGsf(load(name)), async ({ head, getGrains }) => {
      const [segment, ...others] = head.segments;
      expect(others).toEqual([]);
      expect(segment).toMatchObject({ localId: 1, count: 10 });
      expect(
        await getGrains()
          .map(({ localId }) => localId)
          .toArray(),
      ).toEqual(Array.from({ length: 10 }, () => 1));
    });
  });

  it.each(files)("%s is the same in small chunks", async (name) => {
    const file = load(name);

    const copy = await writeGsfParts(readGsfParts(cut(file, 4099))).toArray();

    expect(Buffer.compare(join(copy), file)).toBe(0);
  });

  it("has sound of 1024 samples a grain", async () => {
    const grains = await loadGrains("audio_8");

    expect(grains[1]).toMatchObject({
      kind: "audio",
      sourceId: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
      format: "S24_INTERLEAVED",
      channels: 2,
      samples: 1024,
      sampleRate: 48_000,
      duration: { numerator: 8, denominator: 375 },
    });
    const [, grain] = grains;
    expect(`${grain?.originTimestamp} ${grain?.rate}`).toBe(
      "1420102800:21333333 375/8",
    );
    expect(grains.map(computeDataLength)).toEqual(
      grains.map(({ data }) => data.length),
    );
  });

  it("has coded sound", async () => {
    const [grain] = await loadGrains("coded_audio_8");

    expect(grain).toMatchObject({ format: "AAC", priming: 0, remainder: 0 });
    expect(grain?.data).toHaveLength(603);
  });

  it("has coded pictures, of which version 9 does not tell all", async () => {
    const old = await loadGrains("coded_video_8");
    const grains = await loadGrains("coded_video_9");

    expect(old.slice(0, 2)).toMatchObject([
      { isKeyFrame: true, temporalOffset: 0 },
      { isKeyFrame: false, temporalOffset: 0 },
    ]);
    expect(grains.slice(0, 2)).toMatchObject([
      {
        format: "H264",
        originWidth: 1920,
        codedWidth: 0,
        isKeyFrame: true,
        temporalOffset: undefined,
        unitOffsets: [0, 6, 34, 42, 711, 719],
      },
      { isKeyFrame: undefined, temporalOffset: undefined },
    ]);
  });

  it("has events without a rate", async () => {
    const [grain] = await loadGrains("event_8");

    expect(grain).toMatchObject({
      kind: "data",
      format: "JSON",
      rate: undefined,
      duration: undefined,
    });
    expect(`${grain?.originTimestamp}`).toBe("1447176512:400000000");
    expect(
      JSON.parse(Buffer.from(grain?.data ?? []).toString()),
    ).toHaveProperty("topic");
  });

  it("has pictures and what there is to know of their flow", async () => {
    const [head] = await readGsfParts(load("video_8")).toArray();
    const grains = await loadGrains("video_8");

    expect(head).toMatchObject({
      version: { major: 8, minor: 0 },
      segments: [{ flow: { format: "urn:x-nmos:format:video" } }],
    });
    expect(grains[0]).toMatchObject({
      format: "U8_420",
      layout: "FULL_FRAME",
      width: 480,
      height: 270,
      components: [{ length: 129_600 }, { length: 32_400 }, { stride: 240 }],
    });
    expect(grains.map(computeDataLength)).toEqual(
      grains.map(({ data }) => data.length),
    );
  });
});
