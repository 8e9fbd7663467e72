import {
  openContainer,
  type EncodedObject,
  type Essence,
  type Grain,
  type GrainIds,
  type ObjectFormat,
  type ObjectEncoderOptions,
} from "@sluice/media";
import { asyncWith } from "sluice";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ffmpeg, ffprobe } from "./ffmpeg.ts";

/** Whose grains are. */
export const ids: GrainIds = {
  sourceId: "49578552-fb9e-4d3e-a197-3e3c437a895d",
  flowId: "b6b05efb-6067-4ff8-afac-ec735a85674e",
};

/** A track's essence and grains, as they are read from a file. */
export interface ReadTrack {
  readonly essence: Essence;
  readonly grains: readonly Grain[];
  readonly timescale: number;
}

/** Gives a folder to a function, and removes it. */
function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "sluice-media-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Has ffmpeg make a file that it has to seek in. */
export function makeFile(name: string, words: readonly string[]): Uint8Array {
  return withFolder((folder) => {
    const path = join(folder, name);
    ffmpeg([...words, path]);
    return readFileSync(path);
  });
}

/** Runs ffmpeg on a file with these bytes. */
export function runOn(
  bytes: Uint8Array,
  name: string,
  words: readonly string[],
): Buffer {
  return withFolder((folder) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return ffmpeg(["-i", path, ...words]);
  });
}

/** Reads the first track of a kind. */
export async function readTrack(
  bytes: Uint8Array,
  kind: Essence["kind"],
): Promise<ReadTrack> {
  const read = await asyncWith(openContainer(bytes), async ({ tracks }) => {
    const track = tracks.find(({ essence }) => essence.kind === kind);
    if (track === undefined) return undefined;
    const { essence, timescale } = track;
    const grains = await track.getGrains({ ids }).toArray();
    return { essence, timescale, grains };
  });
  if (read === undefined) throw new Error(`There is no track of ${kind}`);
  return read;
}

/** Cuts grains before key frames; sound, into so many grains. */
export function cutGrains(
  grains: readonly Grain[],
  soundGrains = 47,
): Grain[][] {
  const parts: Grain[][] = [];
  for (const grain of grains) {
    const last = parts.at(-1);
    const begins =
      grain.kind === "coded-video"
        ? grain.isKeyFrame === true
        : (last?.length ?? soundGrains) >= soundGrains;
    if (last === undefined || begins) parts.push([grain]);
    else last.push(grain);
  }
  return parts;
}

/** Objects of a flow, and what they decode to. */
export interface Objects {
  readonly init: Uint8Array | undefined;
  readonly objects: readonly EncodedObject[];
  readonly decoded: readonly (readonly Grain[])[];
}

/** Encodes parts as objects, and decodes each. */
export async function encodeObjects(
  format: ObjectFormat,
  essence: Essence,
  parts: readonly (readonly Grain[])[],
  options?: ObjectEncoderOptions,
): Promise<Objects> {
  const encoder = await format.createEncoder(essence, options);
  const { init } = encoder;
  const objects: EncodedObject[] = [];
  const decoded: (readonly Grain[])[] = [];
  for (const grains of parts) {
    const object = await encoder.encode(grains);
    objects.push(object);
    const { bytes, timestampOffset } = object;
    decoded.push(
      await format.decode({ bytes, init, timestampOffset, ids, essence }),
    );
  }
  return { init, objects, decoded };
}

/** What has to be the same of a grain. */
export function toFacts(grain: Grain): unknown {
  const { kind, originTimestamp, duration, data } = grain;
  return {
    kind,
    time: originTimestamp.toString(),
    seconds: duration && duration.numerator / duration.denominator,
    isKeyFrame: grain.kind === "coded-video" ? grain.isKeyFrame : undefined,
    samples: "samples" in grain ? grain.samples : undefined,
    data: Buffer.from(data).toString("base64"),
  };
}

/** What ffprobe tells of the packets of a file's pictures: times in tenths of a frame. */
export function probePackets(
  file: Uint8Array,
  name: string,
  framesPerSecond: number,
): { readonly start: number; readonly packets: readonly unknown[] } {
  return withFolder((folder) => {
    const path = join(folder, name);
    writeFileSync(path, file);
    const words = [
      "-select_streams",
      "v",
      "-show_packets",
      "-show_data_hash",
      "md5",
    ];
    const entries = "packet=pts_time,dts_time,duration_time,flags,data_hash";
    const found = ffprobe([...words, "-show_entries", entries, path]);
    const { packets } = found as { packets: ProbedPacket[] };
    const start = Number(packets[0]?.pts_time);
    const toOffset = (time: string) =>
      Math.round((Number(time) - start) * framesPerSecond * 10);
    return {
      start,
      packets: packets.map(({ pts_time: pts, dts_time: dts, ...others }) => ({
        ...others,
        pts: toOffset(pts),
        dts: toOffset(dts),
      })),
    };
  });
}

interface ProbedPacket {
  readonly pts_time: string;
  readonly dts_time: string;
  readonly duration_time: string;
  readonly flags: string;
  readonly data_hash: string;
}
