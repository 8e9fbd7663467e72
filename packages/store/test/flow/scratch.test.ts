import { expect, it } from "vitest";
import { asyncWith } from "sluice";
import { openContainer } from "@sluice/media";
import { FlowProvider } from "@sluice/store";

const file = new URL("../../../../samples/h264-aac-25fps.mp4", import.meta.url);

it("article", async () => {
  await asyncWith(new FlowProvider("memory:"), async (provider) => {
    console.time("ingest");
    const { flow, tracks } = await provider.ingest(file, {});
    console.timeEnd("ingest");
    console.log(
      JSON.stringify(flow),
      JSON.stringify(tracks[0]),
      JSON.stringify(tracks[1]),
    );
    await asyncWith(provider.openRead(tracks[0]!.id), async (reader) => {
      console.log(`${await reader.getTimeRange()}`);
      const segs = await reader.listSegments().toArray();
      console.log(segs.length, segs.slice(0, 2));
      console.time("read");
      const frames = await reader.read(720, { count: 480 });
      console.timeEnd("read");
      expect(frames.length).toBe(480);
      console.log(
        `${frames[0]!.originTimestamp} ${frames.at(-1)!.originTimestamp}`,
      );
      let n = 0;
      console.time("all");
      for await (const grain of reader.getGrains()) n++;
      console.timeEnd("all");
      expect(n).toBe(1500);
    });
    await asyncWith(provider.openRead(tracks[1]!.id), async (reader) => {
      console.log(
        `${await reader.getTimeRange()}`,
        (await reader.listSegments().toArray()).slice(0, 2),
      );
      console.log(await reader.getGrains().reduce((a, g) => a + 1, 0));
      const s = await reader.read(48000, { count: 48000 });
      console.log(s.length, s[0], s.at(-1));
    });
  });
}, 60000);
