/**
 * A clip is made of two ranges of a flow: its segments refer to objects that are there, and
 * no byte is copied. A decoder gets the frames besides that those of the clip refer to.
 *
 * Prints:
 *     100 frames, from 0:0 to 3:960000000
 *     [0:0_0:600000000) is of an object with 1:0 s, which 2 flows use
 *     [0:600000000_1:600000000) is of an object with 1:0 s, which 2 flows use
 *     [1:600000000_2:0) is of an object with 1:0 s, which 2 flows use
 *     a decoder is given 12 frames more
 */
import { FlowProvider } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import { asyncWith } from "sluice";

const parts = ["[2:400000000_4:400000000)", "[50:0_52:0)"];

await asyncWith(new FlowProvider("memory:"), async (provider) => {
  const { tracks } = await provider.ingest("samples/h264-aac-25fps.mp4");
  const flowId = tracks[0]?.id ?? "";
  const clip = await provider.clip(
    parts.map((part) => ({ flowId, timerange: TimeRange.parse(part) })),
  );

  await asyncWith(provider.openRead(clip.id), async (reader) => {
    const frames = await reader.getGrains().toArray();
    const [first, last] = [frames.at(0), frames.at(-1)];
    console.log(
      `${frames.length} frames, from ${first?.originTimestamp} to ${last?.originTimestamp}`,
    );
    for await (const { timerange, object_id: id } of reader
      .listSegments()
      .take(3)) {
      const { object } = await provider.store.getObject(id);
      const { length } = TimeRange.parse(object.timerange ?? "()");
      const users = object.referenced_by_flows.length;
      console.log(
        `${timerange} is of an object with ${length} s, which ${users} flows use`,
      );
    }
    const decoded = await reader.getGrainsToDecode().toArray();
    const extra = decoded.filter(({ isWanted }) => !isWanted).length;
    console.log(`a decoder is given ${extra} frames more`);
  });
});
