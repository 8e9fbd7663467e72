import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  NullTarget,
  Output,
} from "mediabunny";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import type { Essence } from "../essence/essence.ts";
import {
  findDescribed,
  type Described,
  type DescribedAudio,
  type DescribedVideo,
} from "./described-essence.ts";

/**
 * Has mediabunny write a movie box whose only track is described as an essence is: what a
 * decoder is told is in its sample description.
 *
 * @param essence What the grains have in common.
 * @param payload That of a grain, which AC-3 and E-AC-3 need.
 * @returns The box.
 * @throws {UnsupportedMediaError} If there is none for the codec, or the essence lacks
 * what it needs.
 */
export async function writeDescribingMovie(
  essence: Essence,
  payload: Uint8Array | undefined,
): Promise<Uint8Array> {
  const described = findDescribed(essence);
  if (described.needsGrain && payload === undefined) {
    throw new UnsupportedMediaError(
      "MP4",
      `the description of ${essence.codec} is made of a grain, and there is none`,
    );
  }
  let movie = new Uint8Array(0);
  const options = {
    fastStart: "fragmented",
    onMoov: (data: Uint8Array) => {
      movie = data.slice();
    },
  } as const;
  const isQuickTime = described.name === "prores";
  const format = isQuickTime
    ? new MovOutputFormat(options)
    : new Mp4OutputFormat(options);
  const output = new Output({ format, target: new NullTarget() });
  const packet = new EncodedPacket(payload ?? new Uint8Array(1), "key", 0, 1);
  try {
    await addPacket(output, described, packet);
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw new UnsupportedMediaError(
      "MP4",
      `the essence of ${essence.codec} cannot be described`,
      { cause: error },
    );
  }
  return movie;
}

function addPacket(
  output: Output,
  described: Described,
  packet: EncodedPacket,
): Promise<void> {
  return described.kind === "video"
    ? addPicture(output, described, packet)
    : addSound(output, described, packet);
}

async function addPicture(
  output: Output,
  described: DescribedVideo,
  packet: EncodedPacket,
): Promise<void> {
  const { frameWidth, frameHeight, pixelAspectRatio } = described.essence;
  const size = { codedWidth: frameWidth, codedHeight: frameHeight };
  const aspect = pixelAspectRatio && {
    displayAspectWidth: frameWidth * pixelAspectRatio.numerator,
    displayAspectHeight: frameHeight * pixelAspectRatio.denominator,
  };
  const source = new EncodedVideoPacketSource(described.name);
  output.addVideoTrack(source);
  await output.start();
  const decoderConfig = { ...described.config, ...size, ...aspect };
  await source.add(packet, { decoderConfig });
}

async function addSound(
  output: Output,
  described: DescribedAudio,
  packet: EncodedPacket,
): Promise<void> {
  const { sampleRate, channels: numberOfChannels } = described.essence;
  const source = new EncodedAudioPacketSource(described.name);
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = { ...described.config, sampleRate, numberOfChannels };
  await source.add(packet, { decoderConfig });
}
