/**
 * What is missing is passed over, or named: nothing is made up.
 *
 * Prints:
 *     9 s of 10 are there
 *     read() names [4:0_5:0)
 *     getGrains() gives 100 frames, and fails at [4:0_5:0)
 */
import { FlowProvider, MissingMediaError } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import { asyncWith } from "sluice";

function findMissing(error: unknown): string {
  if (error instanceof MissingMediaError) return error.missing.join(", ");
  throw error;
}

await asyncWith(new FlowProvider("memory:"), async (provider) => {
  const { tracks } = await provider.ingest("samples/h264-aac-25fps.mp4");
  const flowId = tracks[0]?.id ?? "";
  await provider.deleteRange(flowId, TimeRange.parse("[4:0_5:0)"));
  const config = { timerange: TimeRange.parse("[0:0_10:0)") };

  await asyncWith(provider.openRead(flowId, config), async (reader) => {
    const frames = await reader.getGrains().toArray();
    console.log(`${frames.length / 25} s of 10 are there`);

    const reading = reader.read(50, { count: 100 });
    const missing = await reading.then(() => "nothing", findMissing);
    console.log(`read() names ${missing}`);

    let count = 0;
    const strict = reader.getGrains({ gaps: "fail" });
    const gap = await strict
      .forEach(() => count++)
      .then(() => "none", findMissing);
    console.log(`getGrains() gives ${count} frames, and fails at ${gap}`);
  });
});
