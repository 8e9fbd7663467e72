import { basename } from "node:path";
import type { FlowSession, IngestedMedia } from "@sluice/store";
import { Timestamp } from "@sluice/time";
import type { Command } from "commander";
import { asyncWith } from "sluice";
import { withSession } from "../connect.ts";
import { measureFile } from "../measure-file.ts";
import { parseInstant } from "../option-values.ts";
import { describeBytes, describeFlow } from "../output/describe.ts";
import { progress } from "../output/progress.ts";
import { showOne } from "../output/show.ts";
import type { CommandContext, Plan } from "../work.ts";

interface IngestWords {
  readonly label?: string;
  readonly at?: Timestamp;
}

/** `ingest`: takes media files in. */
export function addIngest(program: Command, plan: Plan): Command {
  return program
    .command("ingest <file...>")
    .description("take media files in: a flow for each track, and one of these")
    .option("--label <text>", "a short name; the file's by default")
    .option("--at <time>", "where the file's zero is, as 10:0", parseInstant)
    .action((files: string[], words: IngestWords) => {
      plan(async (context) => {
        // All are looked for first, so that no name that is mistyped is found late.
        for (const file of files) await measureFile(file);
        await withSession(context, { create: true }, async (session) => {
          for (const file of files) {
            await ingestFile(context, session, { ...words, file });
          }
        });
        return undefined;
      });
    });
}

/** Takes one file in, and tells what became of it. */
export async function ingestFile(
  context: CommandContext,
  session: FlowSession,
  { file, label = basename(file), at }: IngestWords & { readonly file: string },
): Promise<IngestedMedia> {
  const { signal } = context.io;
  const size = await measureFile(file);
  const made = await asyncWith(
    progress(context, { title: `Taking in ${label}` }),
    ({ tell }) =>
      session.ingest(file, {
        label,
        offset: at,
        signal,
        onProgress: ({ grains, timestamp }) => {
          tell(grains, `grains, at ${timestamp.toSeconds().toFixed(1)} s`);
        },
      }),
  );
  await showOne(context, { file, size_bytes: size, ...made }, [
    `Took in ${file} (${describeBytes(size)}) as flow ${made.flow.id}:`,
    ...made.tracks.map((flow) => `  ${flow.id}  ${describeFlow(flow)}`),
  ]);
  return made;
}
