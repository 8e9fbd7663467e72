/** mediabunny, from memory, and to nothing. */
import {
  BufferSource,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MPEG_TS,
  MpegTsOutputFormat,
  NullTarget,
  Output,
  WAVE,
  WavOutputFormat,
} from "mediabunny";
import { blockBytes, cut, getSamples } from "../material.mjs";

/** @import { Way } from "../cases.mjs" */

/** @type {Way} */
async function readTs({ bytes }) {
  return { count: await countPackets(bytes, MPEG_TS) };
}

/** @type {Way} */
async function readWav({ bytes }) {
  await countPackets(bytes, WAVE);
  return { count: getSamples(bytes).length / 6 };
}

async function countPackets(bytes, format) {
  const input = new Input({
    source: new BufferSource(bytes),
    formats: [format],
  });
  let count = 0;
  for (const track of await input.getTracks()) {
    const sink = new EncodedPacketSink(track);
    for await (const packet of sink.packets()) {
      if (packet.data.length > 0) count++;
    }
  }
  input.dispose();
  return count;
}

/** @type {Way} */
async function writeTs({ packets }) {
  const output = new Output({
    format: new MpegTsOutputFormat(),
    target: new NullTarget(),
  });
  const video = new EncodedVideoPacketSource("avc");
  const audio = new EncodedAudioPacketSource("aac");
  output.addVideoTrack(video, { frameRate: 50 });
  output.addAudioTrack(audio);
  await output.start();
  const configs = {
    h264: { codec: "avc1.64002a", codedWidth: 1920, codedHeight: 1080 },
    "aac-adts": {
      codec: "mp4a.40.2",
      numberOfChannels: 2,
      sampleRate: 48_000,
    },
  };
  for (const { codec, data, pts, isRandomAccess } of packets) {
    const isVideo = codec === "h264";
    const type = isVideo && !isRandomAccess ? "delta" : "key";
    const packet = new EncodedPacket(data, type, pts / 90_000, 0.02);
    const source = isVideo ? video : audio;
    await source.add(packet, { decoderConfig: configs[codec] });
  }
  await output.finalize();
  return { count: packets.length };
}

/** @type {Way} */
async function writeWav({ bytes }) {
  const samples = getSamples(bytes);
  const output = new Output({
    format: new WavOutputFormat(),
    target: new NullTarget(),
  });
  const source = new EncodedAudioPacketSource("pcm-s24");
  output.addAudioTrack(source);
  await output.start();
  const decoderConfig = {
    codec: "pcm-s24",
    numberOfChannels: 2,
    sampleRate: 48_000,
  };
  let frames = 0;
  for (const data of cut(samples, blockBytes)) {
    const count = data.length / 6;
    const packet = new EncodedPacket(
      data,
      "key",
      frames / 48_000,
      count / 48_000,
    );
    await source.add(packet, { decoderConfig });
    frames += count;
  }
  await output.finalize();
  return { count: frames };
}

/** Each case by its name. */
export const mediabunny = { readTs, writeTs, readWav, writeWav };
