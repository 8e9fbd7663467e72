import { MissingMediaError, type FlowSession } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { asyncWith } from "sluice";
import { withSession } from "../connect.ts";
import { listMembers } from "../find-flows.ts";
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
        withSession(context, { create: false }, async (session) => {
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
  const all = await findExtent(session, flowId);
  const range = timerange === undefined ? all : all.intersect(timerange);
  if (range.isEmpty) {
    throw new MissingMediaError(flowId, [`${timerange ?? TimeRange.eternity}`]);
  }
  const bytes = session
    .exportMp4(flowId, { timerange: range })
    .withOptions({ signal });
  const bar = progress(context, { title: `Writing ${file}` });
  const sizeBytes = await asyncWith(bar, ({ tell }) =>
    writeFileAside(file, bytes, (written) => {
      tell(written, "bytes");
    }),
  );
  return { sizeBytes, range };
}

/** From when to when there are pictures; if there are none, anything. */
async function findExtent(
  session: FlowSession,
  flowId: string,
): Promise<TimeRange> {
  const flows = await listMembers(session, flowId);
  const pictures = flows.filter(
    ({ format }) => format === "urn:x-nmos:format:video",
  );
  return (pictures.length > 0 ? pictures : flows).reduce(
    (all, { timerange = "()" }) =>
      all.encompass(TimeRange.parse(timerange, { spelling: "any" })),
    TimeRange.never,
  );
}
