import { inspect, type Essence, type TrackReport } from "@sluice/media";
import type { Command } from "commander";
import { measureFile } from "../measure-file.ts";
import { describeBytes } from "../output/describe.ts";
import { showOne } from "../output/show.ts";
import { formatTable } from "../output/table.ts";
import type { CommandContext, Plan } from "../work.ts";

/** `inspect`: tells what is in a media file. */
export function addInspect(program: Command, plan: Plan): Command {
  return program
    .command("inspect <file>")
    .description("tell what is in a media file; no store is needed")
    .action((file: string) => {
      plan(async (context) => {
        await inspectFile(context, file);
        return undefined;
      });
    });
}

const head = ["track", "kind", "codec", "what", "seconds", "grains", "kbit/s"];

async function inspectFile(
  context: CommandContext,
  file: string,
): Promise<void> {
  await measureFile(file);
  const { signal } = context.io;
  const { contentType, sizeBytes, tracks } = await inspect(file, { signal });
  const document = {
    file,
    content_type: contentType,
    size_bytes: sizeBytes,
    tracks: tracks.map(toDocument),
  };
  const table = formatTable(head, tracks.map(toRow)).trimEnd();
  await showOne(context, document, [
    `${file}: ${contentType}, ${describeBytes(sizeBytes)}`,
    table,
  ]);
}

function toDocument(track: TrackReport): object {
  const { number, essence, timescale, language, label, keyFrames } = track;
  const { decoderConfig, ...facts } = essence;
  return {
    track: number,
    timescale,
    language,
    label,
    ...facts,
    ...("rate" in facts && { rate: facts.rate && `${facts.rate}` }),
    decoder_config_bytes: decoderConfig?.byteLength,
    grains: track.grainCount,
    start: track.start && `${track.start}`,
    duration: track.duration && `${track.duration}`,
    payload_bytes: track.payloadBytes,
    bits_per_second: track.bitsPerSecond,
    key_frames: keyFrames.length,
  };
}

function toRow(track: TrackReport): string[] {
  const { essence, bitsPerSecond } = track;
  return [
    `${track.number}`,
    essence.kind,
    essence.codecParameter ?? essence.codec,
    describe(essence),
    track.duration?.toSeconds().toFixed(3) ?? "",
    `${track.grainCount}`,
    bitsPerSecond === undefined ? "" : (bitsPerSecond / 1000).toFixed(0),
  ];
}

function describe(essence: Essence): string {
  switch (essence.kind) {
    case "video": {
      const { frameWidth, frameHeight, rate } = essence;
      const pace = rate === undefined ? "rate varies" : `${rate}/s`;
      return `${frameWidth}x${frameHeight}, ${pace}`;
    }
    case "audio":
      return `${essence.sampleRate} Hz, ${essence.channels} ch`;
    case "data":
      return essence.dataType ?? "";
  }
}
