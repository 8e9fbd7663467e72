import { exportMp4, type ExportTrack } from "@sluice/media";
import type { FlowReader, FlowSession } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { asyncContextManager, asyncWith, AsyncExitStack } from "sluice";
import { withSession } from "../connect.ts";
import { parseTimeRange } from "../option-values.ts";
import { describeBytes } from "../output/describe.ts";
import { progress } from "../output/progress.ts";
import { showOne } from "../output/show.ts";
import type { CommandContext, Plan } from "../work.ts";
import { checkMayWrite, writeFileAside } from "../write-file.ts";

interface ExportWords {
  readonly output: string;
  readonly timerange?: TimeRange;
  readonly force?: boolean;
}

/** `export`: writes a flow, or a range of it, as a file. */
export function addExport(program: Command, plan: Plan): Command {
  return program
    .command("export <flow>")
    .description("write a flow, or what it collects, as an MP4 file")
    .requiredOption("-o, --output <file>", "the file")
    .option("--timerange <range>", "only a part, to the frame", parseTimeRange)
    .option("--force", "replace a file that is there")
    .action((flowId: string, words: ExportWords) => {
      plan((context) =>
        withSession(context.store, { create: false }, async (session) => {
          const { output: file, timerange, force = false } = words;
          await checkMayWrite(file, { force });
          const wanted = { flowId, file, timerange };
          const { sizeBytes, range } = await exportFlow(
            context,
            session,
            wanted,
          );
          const document = {
            flow: flowId,
            file,
            timerange: `${range}`,
            size_bytes: sizeBytes,
          };
          await showOne(context, document, [
            `Wrote ${file}: ${range} of flow ${flowId}, ${describeBytes(sizeBytes)}`,
          ]);
          return undefined;
        }),
      );
    });
}

/** What is exported, and where to. */
export interface WantedExport {
  readonly flowId: string;
  readonly file: string;
  /** Which part; all of it if it is absent. */
  readonly timerange: TimeRange | undefined;
}

/** What became of it. */
export interface ExportedFile {
  readonly sizeBytes: number;
  readonly range: TimeRange;
}

/** Writes a flow, or the flows that it collects, as an MP4 file. */
export async function exportFlow(
  context: CommandContext,
  session: FlowSession,
  { flowId, file, timerange }: WantedExport,
): Promise<ExportedFile> {
  const { signal } = context.io;
  const { flow_collection: collected } = await session.getFlow(flowId);
  const ids = collected?.map(({ id }) => id) ?? [flowId];
  return asyncWith(openReaders(session, ids, signal), async (readers) => {
    const all = await findExtent(readers);
    const range = timerange === undefined ? all : all.intersect(timerange);
    const tracks = await Promise.all(
      readers.map(async (reader): Promise<ExportTrack> => ({
        essence: await reader.readEssence(),
        grains: reader
          .getGrainsToDecode({ timerange: range })
          .map(({ grain }) => grain),
      })),
    );
    const bar = progress(context, { title: `Writing ${file}` });
    const sizeBytes = await asyncWith(bar, ({ tell }) =>
      writeFileAside(file, exportMp4(tracks, range, { signal }), (written) => {
        tell(written, "bytes");
      }),
    );
    return { sizeBytes, range };
  });
}

/** Opens several flows to be read. */
const openReaders = asyncContextManager(
  async function* (
    session: FlowSession,
    ids: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<readonly FlowReader[], void, void> {
    await using stack = new AsyncExitStack();
    const readers: FlowReader[] = [];
    for (const id of ids) {
      readers.push(await stack.enter(session.openRead(id, { signal })));
    }
    yield readers;
  },
  { suppresses: false },
);

/** From when to when there are pictures; if there are none, anything. */
async function findExtent(readers: readonly FlowReader[]): Promise<TimeRange> {
  const pictures = readers.filter(({ essence }) => essence.kind === "video");
  let all = TimeRange.never;
  for (const reader of pictures.length > 0 ? pictures : readers) {
    all = all.encompass(await reader.getTimeRange());
  }
  return all;
}
