import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import {
  interleavePackets,
  readTransportStream,
  writeTransportStream,
  type TransportStreamInput,
} from "@sluice/media";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ffmpeg,
  ffprobe,
  hasFfmpeg,
  whereFfmpegIs,
} from "../support/ffmpeg.ts";
import { join } from "../support/bytes.ts";

let folder = "";
/** A second later nothing is below zero, which ffmpeg would move by itself. */
const later = ["-itsoffset", "1"];
const at = (name: string) => joinPath(folder, name);

describe.skipIf(!hasFfmpeg)(`MPEG-TS ${whereFfmpegIs}`, () => {
  beforeAll(() => {
    folder = mkdtempSync(joinPath(tmpdir(), "sluice-ts-"));
    makeMedia(25, "25.mp4");
    makeMedia("30000/1001", "2997.mp4");
  }, 120_000);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(["25", "2997"])(
    "writes the packets that ffmpeg writes, at %s frames in a second",
    async (rate) => {
      const input = at(`${rate}.mp4`);
      copy(input, "theirs.ts");

      const bytes = writeTransportStream(
        interleavePackets(...listUnits(input)),
        {
          streams: [
            { pid: 256, codec: "h264" },
            { pid: 257, codec: "aac-adts" },
          ],
        },
      );
      writeFileSync(at("ours.ts"), join(await bytes.toArray()));

      for (const stream of ["v", "a"]) {
        const ours = probe("ours.ts", stream);
        expect(ours.length).toBeGreaterThan(40);
        expect(ours).toEqual(probe("theirs.ts", stream));
      }
    },
    120_000,
  );

  it("decodes without a warning, to the same pictures and sound", async () => {
    const input = at("25.mp4");
    const bytes = writeTransportStream(interleavePackets(...listUnits(input)), {
      streams: [
        { pid: 256, codec: "h264" },
        { pid: 257, codec: "aac-adts" },
      ],
    });
    writeFileSync(at("decoded.ts"), join(await bytes.toArray()));
    copy(input, "decoded-theirs.ts");

    const decode = (name: string) =>
      // Anything that ffmpeg says makes this fail.
      ffmpeg(["-copyts", "-i", at(name), "-map", "0", "-f", "framemd5", "-"])
        .toString()
        .replaceAll(/^#.*\n/gm, "");

    expect(decode("decoded.ts")).toBe(decode("decoded-theirs.ts"));
  }, 120_000);

  it.each(["25", "2997"])(
    "reads from ffmpeg's file what ffprobe reads, at %s frames in a second",
    async (rate) => {
      copy(at(`${rate}.mp4`), "read.ts");

      const items = await readTransportStream([
        readFileSync(at("read.ts")),
      ]).toArray();

      const packets = items
        .filter((item) => item.kind === "packet")
        .filter((item) => item.codec === "h264");
      expect(items.filter(({ kind }) => kind === "loss")).toEqual([]);
      expect(
        packets.map((packet) => ({
          pts: packet.pts,
          dts: packet.dts,
          size: String(packet.data.length),
          isKey: packet.isRandomAccess,
        })),
      ).toEqual(
        probe("read.ts", "v").map(({ pts, dts, size, flags }) => ({
          pts,
          dts,
          size,
          isKey: flags.startsWith("K"),
        })),
      );
    },
    120_000,
  );

  it("reads from ffmpeg's file the times across the wrap that ffprobe reads", async () => {
    // Of 2 ** 33 / 90000 seconds, 62 are missing.
    const offset = String(2 ** 33 / 90_000 - 62);
    const words = ["-copyts", "-muxdelay", "0", "-muxpreload", "0"];
    const loop = ["-stream_loop", "21", "-i", at("25.mp4")];
    ffmpeg([
      ...loop,
      "-map",
      "0:v",
      "-c",
      "copy",
      "-output_ts_offset",
      offset,
      ...words,
      "-y",
      at("wrap.ts"),
    ]);

    const items = await readTransportStream([
      readFileSync(at("wrap.ts")),
    ]).toArray();

    const packets = items.filter((item) => item.kind === "packet");
    expect(Math.max(...packets.map(({ pts = 0 }) => pts))).toBeGreaterThan(
      2 ** 33,
    );
    expect(packets.map(({ pts, dts }) => [pts, dts])).toEqual(
      probe("wrap.ts", "v").map(({ pts, dts }) => [pts, dts]),
    );
  }, 120_000);

  it("writes again, to the letter, what it has read", async () => {
    copy(at("25.mp4"), "source.ts");
    const source = readFileSync(at("source.ts"));
    const items = await readTransportStream([source]).toArray();
    const program = items.find((item) => item.kind === "program");
    const packets = items.filter((item) => item.kind === "packet");

    const bytes = writeTransportStream(packets, {
      streams: program?.streams ?? [],
    });
    writeFileSync(at("again.ts"), join(await bytes.toArray()));

    for (const stream of ["v", "a"]) {
      expect(probe("again.ts", stream)).toEqual(probe("source.ts", stream));
    }
  }, 120_000);
});

/** Three seconds of H.264, with B-frames and a GOP of a second, and AAC. */
function makeMedia(rate: number | string, name: string): void {
  const picture = `testsrc2=size=320x180:rate=${rate}:duration=3`;
  const sound = "sine=frequency=440:sample_rate=48000:duration=3";
  ffmpeg([
    ...["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound],
    ...["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25"],
    ...["-pix_fmt", "yuv420p", "-c:a", "aac", "-y", at(name)],
  ]);
}

/** Writes a file as MPEG-TS by ffmpeg, with the same times. */
function copy(input: string, name: string): void {
  const exact = ["-copyts", "-muxdelay", "0", "-muxpreload", "0"];
  ffmpeg([...later, "-i", input, "-c", "copy", ...exact, "-y", at(name)]);
}

/** The units of both streams, as ffmpeg's filters have them, just before its writer. */
function listUnits(input: string): TransportStreamInput[][] {
  const filter = ["-bsf:v", "h264_mp4toannexb"];
  const pictures = list(input, "v", [...filter, "-f", "h264"], filter, 0);
  const sounds = list(input, "a", ["-f", "adts"], [], 7);
  return [pictures, sounds];
}

function list(
  input: string,
  stream: string,
  asBytes: string[],
  filter: string[],
  headBytes: number,
): TransportStreamInput[] {
  const words = [
    "-copyts",
    ...later,
    "-i",
    input,
    "-map",
    `0:${stream}`,
    "-c",
    "copy",
  ];
  const bytes = ffmpeg([...words, ...asBytes, "-"]);
  const rows = ffmpeg([
    ...[...words, ...filter],
    ...["-enc_time_base", "1:90000", "-f", "framecrc", "-"],
  ]).toString();
  const base = /^#tb 0: (\d+)\/(\d+)$/m.exec(rows);
  const scale = (90_000 * Number(base?.[1])) / Number(base?.[2]);
  const toTicks = (time: string | undefined) =>
    Math.round(Number(time) * scale);
  let from = 0;
  return [
    ...rows.matchAll(/^0, +(-?\d+), +(-?\d+), +\d+, +(\d+), [^,\n]+(.*)$/gm),
  ].map(([, dts, pts, size, rest = ""]) => {
    const start = from;
    from += Number(size) + headBytes;
    return {
      pid: stream === "v" ? 256 : 257,
      pts: toTicks(pts),
      dts: toTicks(dts),
      data: new Uint8Array(bytes.subarray(start, from)),
      isRandomAccess: !rest.includes("F=0x0"),
    };
  });
}

interface ProbedPacket {
  readonly pts: number;
  readonly dts: number;
  readonly size: string;
  readonly flags: string;
  readonly data_hash: string;
}

function probe(name: string, stream: string): ProbedPacket[] {
  const entries = "packet=pts,dts,size,flags,data_hash";
  const result = ffprobe([
    ...["-select_streams", stream, "-show_packets", "-show_data_hash", "md5"],
    ...["-show_entries", entries, at(name)],
  ]) as { readonly packets: readonly ProbedPacket[] };
  return result.packets.map(({ pts, dts, size, flags, data_hash }) => ({
    pts,
    dts,
    size,
    flags,
    data_hash,
  }));
}
