import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ffmpeg, ffprobe } from "./ffmpeg.ts";

/** What ffprobe says of a packet. */
interface ProbedPacket {
  /** In units of the stream's time base; nothing if there is none. */
  readonly pts: number | undefined;
  readonly duration: number | undefined;
  readonly size: number;
  readonly isKey: boolean;
  readonly md5: string;
}

/** What ffprobe says of a stream, and of its packets in the order of the file. */
export interface ProbedStream {
  readonly kind: string;
  /** Nanoseconds in a unit of time, times the denominator; and the denominator. */
  readonly timeBase: readonly [numerator: number, denominator: number];
  readonly packets: readonly ProbedPacket[];
}

/** Runs a function with the path of a file, which is removed after it. */
export function withFile<T>(
  name: string,
  bytes: Uint8Array | undefined,
  use: (path: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), "sluice-media-"));
  const path = join(folder, name);
  try {
    if (bytes !== undefined) writeFileSync(path, bytes);
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Makes a file with ffmpeg, which must be able to seek in what it writes. */
export function makeFile(name: string, words: readonly string[]): Buffer {
  return withFile(name, undefined, (path) => {
    ffmpeg([...words, path]);
    return readFileSync(path);
  });
}

/** Tells whether ffmpeg has an encoder. */
export function hasEncoder(name: string): boolean {
  try {
    return ffmpeg(["-h", `encoder=${name}`]).includes(`Encoder ${name}`);
  } catch {
    // There is no ffmpeg, or no such encoder.
    return false;
  }
}

/** Gives what ffprobe says of a file. */
export function probe(name: string, bytes: Uint8Array): ProbedStream[] {
  const words = ["-show_streams", "-show_packets", "-show_data_hash", "md5"];
  const found = withFile(name, bytes, (path) => ffprobe([...words, path]));
  const { streams, packets } = found as {
    streams: { index: number; codec_type: string; time_base: string }[];
    packets: (Record<string, string> & { stream_index: number })[];
  };
  return streams.map(({ index, codec_type: kind, time_base }) => {
    const [numerator = 1, denominator = 1] = time_base.split("/").map(Number);
    const own = packets.filter(({ stream_index }) => stream_index === index);
    const timeBase = [numerator, denominator] as const;
    return { kind, timeBase, packets: own.map(toPacket) };
  });
}

function toPacket(fields: Record<string, unknown>): ProbedPacket {
  const { pts, duration, size, flags, data_hash: hash } = fields;
  return {
    pts: pts === undefined ? undefined : Number(pts),
    duration: duration === undefined ? undefined : Number(duration),
    size: Number(size),
    isKey: String(flags).includes("K"),
    md5: String(hash).replace("MD5:", ""),
  };
}
