import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import type { Grain } from "@sluice/media";
import type { FlowReader, FlowSession } from "@sluice/store";
import { Rate, TimeRange } from "@sluice/time";
import type { Command } from "commander";
import { asyncWith } from "sluice";
import { withSession } from "../connect.ts";
import { describeBytes } from "../output/describe.ts";
import { showOne } from "../output/show.ts";
import { UsageError } from "../usage-error.ts";
import type { CommandContext, Plan } from "../work.ts";
import { exportFlow } from "./export.ts";
import { ingestFile } from "./ingest.ts";

const folder = "sluice-demo";
const sample = "samples/h264-aac-25fps.mp4";

// The frames that the BBC's article reads.
const articleFrames = { first: 720, count: 480 };

/** `demo`: does with a file what the article on Python does, and tells how fast. */
export function addDemo(program: Command, plan: Plan): Command {
  return program
    .command("demo [file]")
    .description(
      "take a file in, read frames 720 to 1199, write them as a clip",
    )
    .option("--store <url>", "the store", `file:./${folder}/store`)
    .action((file: string | undefined) => {
      const source = file ?? findSample();
      plan(async (context) => {
        await mkdir(folder, { recursive: true });
        await withSession(context.store, { create: true }, (session) =>
          demonstrate(context, session, source),
        );
        return undefined;
      });
    });
}

async function demonstrate(
  context: CommandContext,
  session: FlowSession,
  file: string,
): Promise<void> {
  const { signal } = context.io;
  const ingest = await measure(() => ingestFile(context, session, { file }));
  const { flow, tracks } = ingest.value;
  const main = tracks.find(({ format }) => format.endsWith("video"));
  const { id: flowId } = main ?? tracks[0] ?? flow;

  // This is the article's program.
  const seen = await asyncWith(
    session.openRead(flowId, { signal }),
    async (reader) => {
      const { first, count } = await chooseFrames(reader);
      const read = await measure(() => reader.read(first, { count, signal }));
      const streamed = await measure(async () => {
        const sum = { grains: 0, bytes: 0 };
        for await (const grain of reader.getGrains()) {
          // The next segments load in the background.
          sum.grains += 1;
          sum.bytes += getSize(grain);
        }
        return sum;
      });
      const timerange = await findRange(reader, read.value, first + count);
      const extent = await reader.getTimeRange();
      return { first, count, read, streamed, timerange, extent };
    },
  );

  const clip = resolve(folder, "clip.mp4");
  const { timerange } = seen;
  const exported = await measure(() =>
    exportFlow(context, session, { flowId: flow.id, file: clip, timerange }),
  );
  const seconds = seen.extent.length?.toSeconds() ?? 0;
  await tell(context, {
    store: context.store,
    clip,
    timerange: `${timerange}`,
    first: seen.first,
    count: seen.count,
    media_seconds: seconds,
    ingest_seconds: ingest.seconds,
    read_seconds: seen.read.seconds,
    grains: seen.streamed.value.grains,
    grain_bytes: seen.streamed.value.bytes,
    stream_seconds: seen.streamed.seconds,
    clip_bytes: exported.value.sizeBytes,
    export_seconds: exported.seconds,
  });
}

/** What the demonstration has done. */
interface DemoReport {
  readonly store: string;
  readonly clip: string;
  readonly timerange: string;
  readonly first: number;
  readonly count: number;
  readonly media_seconds: number;
  readonly ingest_seconds: number;
  readonly read_seconds: number;
  readonly grains: number;
  readonly grain_bytes: number;
  readonly stream_seconds: number;
  readonly clip_bytes: number;
  readonly export_seconds: number;
}

async function tell(
  context: CommandContext,
  report: DemoReport,
): Promise<void> {
  const last = report.first + report.count - 1;
  const speed = (taken: number): string =>
    `${taken.toFixed(2)} s, ${(report.media_seconds / taken).toFixed(0)} times as fast as it plays`;
  await showOne(context, report, [
    `Taken in:  ${report.media_seconds.toFixed(1)} s of media in ${speed(report.ingest_seconds)}`,
    `Read:      frames ${report.first} to ${last} (${report.timerange}) in ${report.read_seconds.toFixed(2)} s`,
    `Streamed:  ${report.grains} grains, ${describeBytes(report.grain_bytes)}, in ${speed(report.stream_seconds)}`,
    `Clip:      ${report.clip} (${describeBytes(report.clip_bytes)}) in ${report.export_seconds.toFixed(2)} s`,
    `Store:     ${report.store}; look into it: sluice flows --store ${report.store}`,
  ]);
}

/** The article's frames, or as large a part of a flow that is too short for them. */
async function chooseFrames(
  reader: FlowReader,
): Promise<{ readonly first: number; readonly count: number }> {
  const total = await countUnits(reader);
  const { first, count } = articleFrames;
  if (total >= first + count && reader.essence.kind === "video") {
    return articleFrames;
  }
  return {
    first: Math.floor(total * 0.6),
    count: Math.max(1, Math.floor(total * 0.4)),
  };
}

/** How many pictures, or samples of sound, there are. */
async function countUnits(reader: FlowReader): Promise<number> {
  const { essence } = reader;
  const { length } = await reader.getTimeRange();
  const rate =
    essence.kind === "audio"
      ? Rate.of(essence.sampleRate)
      : essence.kind === "video"
        ? essence.rate
        : undefined;
  if (rate !== undefined) return length?.toCount(rate) ?? 0;
  return reader.getGrains().reduce((sum) => sum + 1, 0);
}

/** From the first grain up to the one behind the last; if there is none, to the end. */
async function findRange(
  reader: FlowReader,
  [first]: readonly Grain[],
  behind: number,
): Promise<TimeRange> {
  const { end } = await reader.getTimeRange();
  const hasMore = (await countUnits(reader)) > behind;
  const [next] = hasMore ? await reader.read(behind, { count: 1 }) : [];
  return TimeRange.of(first?.originTimestamp, next?.originTimestamp ?? end);
}

function getSize(grain: Grain): number {
  return "data" in grain ? grain.data.byteLength : 0;
}

/** The sample of a checkout of Sluice: here, or where this file is in one. */
function findSample(): string {
  const checkout = fileURLToPath(new URL("../../../../", import.meta.url));
  const found = [sample, resolve(checkout, sample)].find((file) =>
    existsSync(file),
  );
  if (found !== undefined) return found;
  throw new UsageError(
    `There is no sample here ('${sample}'): name a media file of your own, as in 'sluice demo my.mp4'`,
  );
}

/** Does something, and tells how long it took. */
async function measure<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - start) / 1000 };
}
