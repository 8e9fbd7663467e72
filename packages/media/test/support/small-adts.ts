import { toAdts } from "@sluice/media";

/** What a decoder is told of AAC-LC, 48 kHz, two channels. */
const config = Uint8Array.of(0x11, 0x90);

/** Makes a file of frames of AAC whose payloads are made up. */
export function createAdts(frames: number): Uint8Array<ArrayBuffer> {
  const parts = Array.from({ length: frames }, (_, index) =>
    toAdts(new Uint8Array(40).fill(index), config),
  );
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
