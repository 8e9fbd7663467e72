/**
 * The program of the BBC's article: a store is opened, and a flow in it; 480 frames are read
 * from the 720th on; and then all, while the next segments load in the background.
 *
 * Prints:
 *     480 frames, from 28:800000000 to 47:960000000
 *     1500 grains in all, 60 of them key frames
 */
import { FlowProvider } from "@sluice/store";
import { asyncWith } from "sluice";

await asyncWith(new FlowProvider("memory:"), async (provider) => {
  const { tracks } = await provider.ingest("samples/h264-aac-25fps.mp4");
  const flowId = tracks[0]?.id ?? "";
  const config = { prefetch: { segments: 4 } };

  await asyncWith(provider.openRead(flowId, config), async (reader) => {
    const frames = await reader.read(720, { count: 480 });
    const [first, last] = [frames.at(0), frames.at(-1)];
    console.log(
      `${frames.length} frames, from ${first?.originTimestamp} to ${last?.originTimestamp}`,
    );

    let [grains, keys] = [0, 0];
    for await (const grain of reader.getGrains()) {
      grains++;
      if (grain.kind === "coded-video" && grain.isKeyFrame) keys++;
    }
    console.log(`${grains} grains in all, ${keys} of them key frames`);
  });
});
