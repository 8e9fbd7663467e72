import type { Grain } from "@sluice/media";
import type { FlowReader } from "@sluice/store";
import type { TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { asyncWith, from, type Stream } from "sluice";
import { withSession } from "../connect.ts";
import { parseCount, parseTimeRange } from "../option-values.ts";
import { showAll } from "../output/show.ts";
import { UsageError } from "../usage-error.ts";
import type { Plan } from "../work.ts";

interface ReadWords {
  readonly from?: number;
  readonly count?: number;
  readonly timerange?: TimeRange;
}

/** `read`: reads grains, and tells of each. */
export function addRead(program: Command, plan: Plan): Command {
  return program
    .command("read <flow>")
    .description("read grains of a flow, in order, and tell of each")
    .option("--from <number>", "the first frame, or sample, from 0", parseCount)
    .option("--count <number>", "exactly how many", parseCount)
    .option("--timerange <range>", "instead, those of a range", parseTimeRange)
    .action((flowId: string, words: ReadWords) => {
      checkWords(words);
      plan((context) =>
        withSession(context.store, { create: false }, (session) =>
          asyncWith(session.openRead(flowId), async (reader) => {
            const { signal } = context.io;
            const grains = await findGrains(reader, words, signal);
            await showAll(context, grains.map(toDocument), {
              head: ["timestamp", "kind", "bytes", "key"],
              toRow: ({ timestamp, kind, size_bytes: size, is_key: isKey }) => [
                timestamp,
                kind,
                `${size}`,
                isKey === true ? "key" : "",
              ],
              none: `Flow ${flowId} has nothing there`,
            });
            return undefined;
          }),
        ),
      );
    });
}

function checkWords({ from: first, count, timerange }: ReadWords): void {
  if ((first === undefined) !== (count === undefined)) {
    throw new UsageError("'--from' and '--count' go together: name both");
  }
  if (timerange !== undefined && count !== undefined) {
    throw new UsageError(
      "'--timerange' and '--count' exclude each other: name one",
    );
  }
}

async function findGrains(
  reader: FlowReader,
  { from: first = 0, count, timerange }: ReadWords,
  signal: AbortSignal,
): Promise<Stream<Grain>> {
  if (count !== undefined) {
    return from(await reader.read(first, { count, signal }));
  }
  return reader.getGrains({ timerange, signal });
}

/** What is told of a grain. */
interface GrainDocument {
  readonly timestamp: string;
  readonly kind: string;
  readonly size_bytes: number;
  readonly is_key: boolean | undefined;
}

function toDocument(grain: Grain): GrainDocument {
  return {
    timestamp: `${grain.originTimestamp}`,
    kind: grain.kind,
    size_bytes: "data" in grain ? grain.data.byteLength : 0,
    is_key: "isKeyFrame" in grain ? grain.isKeyFrame : undefined,
  };
}
