import { FormatError } from "../error/format-error.ts";
import type { AudioEssence } from "../essence/essence.ts";
import { createAudioGrain } from "../grain/audio-grain.ts";
import { toDuration } from "./coded-sound.ts";
import type { PcmLayout } from "./pcm.ts";
import type { TrackContent } from "./track-content.ts";
import type { TrackTimes } from "./track-times.ts";

/** Makes grains of packets of samples. */
export function createPcmSound(
  essence: AudioEssence,
  layout: PcmLayout,
  times: TrackTimes,
): TrackContent {
  const { sampleRate, channels } = essence;
  const frameBytes = layout.storedBytes * channels;
  return {
    essence,
    times,
    isReordered: false,
    measure: ({ packet }) =>
      toDuration(Math.floor(packet.byteLength / frameBytes), sampleRate),
    createGrains:
      () =>
      ({ packet, start }, owner) => {
        const samples = packet.data.length / frameBytes;
        if (!Number.isInteger(samples)) {
          throw new FormatError({
            code: "MEDIA_MALFORMED",
            format: "samples",
            problem: `${packet.data.length} bytes are no whole number of instants of ${channels} channels`,
          });
        }
        return createAudioGrain({
          ...owner,
          originTimestamp: start,
          duration: toDuration(samples, sampleRate),
          format: layout.format,
          channels,
          samples,
          sampleRate,
          data: layout.convert(packet.data),
        });
      },
  };
}
