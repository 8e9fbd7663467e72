import { createDataGrain } from "@sluice/media";
import { FlowProvider, flowOfEssence, MissingMediaError } from "@sluice/store";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";

const ids = {
  flowId: "5333bae9-0768-4e31-be1c-fbd5dc2e34ac",
  sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
};
const flow = flowOfEssence(
  { kind: "data", codec: "application/json", dataType: undefined },
  { id: ids.flowId, source_id: ids.sourceId },
);
const times = ["0:0", "0:300000000", "0:300000000", "1:0", "4:500000000"];
const events = times.map((time, index) =>
  createDataGrain({
    ...ids,
    originTimestamp: Timestamp.parse(time),
    data: new TextEncoder().encode(JSON.stringify({ index })),
  }),
);

describe("flows of events", () => {
  it("have events at instants, two at one among them", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(events),
      );

      await asyncWith(session.openRead(flow.id), async (reader) => {
        const segments = await reader.listSegments().toArray();
        expect(segments.map(({ timerange }) => timerange)).toEqual([
          "[0:0_0:300000000]",
          "[1:0]",
          "[4:500000000]",
        ]);
        expect(await reader.getGrains().toArray()).toEqual(events);
        const timerange = TimeRange.parse("(0:0_1:0]");
        expect(await reader.getGrains({ timerange }).toArray()).toEqual(
          events.slice(1, 4),
        );
      });
    });
  });

  it("are read by their place", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(events),
      );

      await asyncWith(session.openRead(flow.id), async (reader) => {
        const start = Timestamp.parse("0:500000000");
        expect(await reader.read(2, { count: 2 })).toEqual(events.slice(2, 4));
        expect(await reader.read(start, { count: 2 })).toEqual(events.slice(3));
        await expect(reader.read(4, { count: 2 })).rejects.toThrow(
          MissingMediaError,
        );
      });
    });
  });

  it("go on, but not back", async () => {
    await asyncWith(new FlowProvider("memory:"), (session) =>
      asyncWith(session.openWrite(flow), async (writer) => {
        const [first, second] = events;
        if (first === undefined || second === undefined) return;
        await writer.write(second);

        await expect(writer.write(first)).rejects.toThrow(
          "Cannot write the grain at 0:0: it goes back behind 0:300000000",
        );
      }),
    );
  });
});
