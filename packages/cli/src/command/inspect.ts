import { openContainer, type Essence, type Track } from "@sluice/media";
import type { Command } from "commander";
import { asyncWith } from "sluice";
import { measureFile } from "../measure-file.ts";
import { writeJsonLine } from "../output/json-lines.ts";
import { formatTable } from "../output/table.ts";
import { writeText } from "../output/write-text.ts";
import type { CommandContext, Plan } from "../work.ts";

/** `inspect`: tells what is in a media file. */
export function addInspect(program: Command, plan: Plan): Command {
  return program
    .command("inspect <file>")
    .description("tell what is in a media file; no store is needed")
    .action((file: string) => {
      plan(async (context) => {
        await inspect(context, file);
        return undefined;
      });
    });
}

async function inspect(context: CommandContext, file: string): Promise<void> {
  const { io, json } = context;
  const size = await measureFile(file);
  await asyncWith(
    openContainer(file, { signal: io.signal }),
    async ({ contentType, tracks }) => {
      if (json) {
        await writeJsonLine(context, {
          file,
          size_bytes: size,
          content_type: contentType,
          tracks: tracks.map(toDocument),
        });
        return;
      }
      await writeText(io.stdout, `${file}: ${contentType}, ${size} bytes\n`);
      const head = ["track", "kind", "codec", "what", "language", "label"];
      const table = formatTable(head, tracks.map(toRow));
      await writeText(io.stdout, table);
    },
  );
}

function toDocument(track: Track): object {
  const { number, essence, timescale, language, label } = track;
  const { decoderConfig, ...facts } = essence;
  return {
    track: number,
    timescale,
    language,
    label,
    ...facts,
    ...("rate" in facts && { rate: facts.rate && `${facts.rate}` }),
    decoder_config_bytes: decoderConfig?.byteLength,
  };
}

function toRow({ number, essence, language, label }: Track): string[] {
  return [
    `${number}`,
    essence.kind,
    essence.codecParameter ?? essence.codec,
    describe(essence),
    language ?? "",
    label ?? "",
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
