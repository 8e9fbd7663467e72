/**
 * A recording is read while it goes on: each second is there as soon as it is complete. When
 * the line breaks, only the unfinished second is lost.
 *
 * Prints:
 *     after 0.8 s there is ()
 *     after 1.6 s there is [0:0_1:0)
 *     after 2.4 s there is [0:0_2:0)
 *     the line is dead; there is [0:0_2:0)
 */
import { createAudioGrain } from "@sluice/media";
import { FlowProvider, flowOfEssence } from "@sluice/store";
import { Rate, Timestamp } from "@sluice/time";
import { asyncWith, range } from "sluice";

const ids = { sourceId: crypto.randomUUID(), flowId: crypto.randomUUID() };
const [sampleRate, samples, channels] = [48_000, 1920, 1];
const sound = { format: "S16_INTERLEAVED", channels, sampleRate } as const;
const essence = { kind: "audio", codec: "audio/x-raw-int", ...sound } as const;
const names = { id: ids.flowId, source_id: ids.sourceId };
const data = new Uint8Array(2 * samples);

const microphone = range(1, 70).map((count) => {
  if (count > 60) throw new Error("the line is dead");
  const start = (count - 1) * samples;
  const originTimestamp = Timestamp.fromCount(start, Rate.of(sampleRate));
  const grain = { ...ids, ...sound, samples, data, originTimestamp };
  return { count, grain: createAudioGrain(grain) };
});

await asyncWith(new FlowProvider("memory:"), async (provider) => {
  const flow = await provider.putFlow(
    flowOfEssence(essence, { ...names, container: "audio/wav" }),
  );
  await asyncWith(provider.openRead(flow.id), async (reader) => {
    const live = provider.openWrite(flow.id, { commit: "as-you-go" });
    const recording = asyncWith(live, (writer) =>
      microphone.forEach(async ({ count, grain }) => {
        await writer.write(grain);
        if (count % 20 > 0) return;
        const there = await reader.getTimeRange();
        console.log(`after ${count / 25} s there is ${there}`);
      }),
    );
    const message = await recording.catch((error: Error) => error.message);
    console.log(`${message}; there is ${await reader.getTimeRange()}`);
  });
});
