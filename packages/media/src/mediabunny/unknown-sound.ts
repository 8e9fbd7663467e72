import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import { toDuration } from "./coded-sound.ts";
import type { TrackContent } from "./track-content.ts";
import type { TrackTimes } from "./track-times.ts";

/** What is known of sound in a codec that has no name here. */
export interface UnknownSound {
  /** What messages call the container's format. */
  readonly format: string;
  /** What the container calls the codec. */
  readonly name: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly times: TrackTimes;
}

/** Describes a track of which no grain can be read, so that the others still can. */
export function createUnknownSound(sound: UnknownSound): TrackContent {
  const { format, name, sampleRate, channels, times } = sound;
  const word = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const codec = `audio/x-${word || "unknown"}`;
  return {
    essence: { kind: "audio", codec, sampleRate, channels },
    times,
    isReordered: false,
    measure: ({ packet }) =>
      toDuration(Math.round(packet.duration * sampleRate), sampleRate),
    createGrains: () => {
      throw new UnsupportedMediaError(
        format,
        `its sound is in a codec '${name}' that is not known; convert it to AAC, Opus, FLAC or PCM first`,
        { act: "read" },
      );
    },
  };
}
