import { splitLengthPrefixed, type Grain } from "@sluice/media";
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from "mediabunny";

/** Makes an MP4 of pictures of H.264 whose units have lengths of two bytes. */
export async function narrowLengths(
  grains: readonly Grain[],
  decoderConfig: Uint8Array,
  framesPerSecond: number,
): Promise<Uint8Array> {
  const description = decoderConfig.slice();
  description[4] = 0xfd;
  const config = {
    codec: "avc1.64000a",
    codedWidth: 96,
    codedHeight: 64,
    description,
  };
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  for (const grain of grains) {
    const isKey = grain.kind === "coded-video" && grain.isKeyFrame === true;
    const packet = new EncodedPacket(
      toNarrow(grain.data),
      isKey ? "key" : "delta",
      grain.originTimestamp.toSeconds(),
      1 / framesPerSecond,
    );
    await source.add(packet, { decoderConfig: config });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

function toNarrow(data: Uint8Array): Uint8Array {
  const units = splitLengthPrefixed(data).flatMap((unit) => [
    unit.length >> 8,
    unit.length & 0xff,
    ...unit,
  ]);
  return Uint8Array.from(units);
}
