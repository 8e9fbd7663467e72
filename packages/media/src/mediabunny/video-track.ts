import type { EncodedPacket, InputVideoTrack } from "mediabunny";
import type { VideoEssence } from "../essence/essence.ts";
import {
  createCodedVideoGrain,
  type CodedVideoFormat,
} from "../grain/coded-video-grain.ts";
import type { Grain } from "../grain/grain.ts";
import type { Rational } from "../grain/rational.ts";
import { nameVideoCodec } from "./codec-names.ts";
import { toColour } from "./colour.ts";
import { findExactRate, type PictureTimes } from "./exact-rate.ts";
import { TickClock } from "./exact-time.ts";
import { FrameGrid, toInterval } from "./frame-grid.ts";
import type { GrainPlace, TrackContent } from "./track-content.ts";
import type { PacketWalk } from "./packet-walk.ts";
import { mostReordered } from "./presentation-order.ts";
import { createTrackTimes, type TrackTimes } from "./track-times.ts";
import { toBytes } from "./to-bytes.ts";
import { toPayload } from "./video-payload.ts";

/** Of how many pictures the times are looked at to find the rate. */
const probedPictures = 256;

/** Finds out what there is to know of a track of pictures. */
export async function openVideoTrack(
  track: InputVideoTrack,
  walk: PacketWalk,
): Promise<TrackContent> {
  const clock = TickClock.of(await track.getTimeResolution());
  const pictures = await probe(walk, clock);
  const rate = findExactRate(pictures, clock);
  const [first] = pictures;
  const isCoarse =
    rate !== undefined && toInterval(rate, clock) % 1 !== 0 && first;
  const grid = isCoarse ? new FrameGrid(rate, clock, first.tick) : undefined;
  const { essence, format } = await describe(track, rate);
  const payload = toPayload(await track.getCodec(), essence.decoderConfig);
  const times = createTrackTimes(clock, grid);
  const content: VideoContent = { essence, format, times };
  return {
    essence: { ...essence, decoderConfig: payload.decoderConfig },
    times,
    isReordered: true,
    createGrains: () => (timed, place) =>
      toGrain(content, timed.packet, {
        ...place,
        data: payload.convert(timed.packet.data),
        originTimestamp: timed.start,
      }),
  };
}

interface VideoContent {
  readonly essence: VideoEssence;
  readonly format: CodedVideoFormat;
  readonly times: TrackTimes;
}

function toGrain(
  content: VideoContent,
  packet: EncodedPacket,
  place: GrainPlace,
): Grain {
  const { essence, format } = content;
  return createCodedVideoGrain({
    ...place,
    rate: essence.rate,
    duration: toDuration(content, packet),
    format,
    originWidth: essence.frameWidth,
    originHeight: essence.frameHeight,
    isKeyFrame: packet.type === "key",
    temporalOffset: 0,
  });
}

function toDuration(
  { essence, times }: VideoContent,
  packet: EncodedPacket,
): Rational | undefined {
  const { rate } = essence;
  const { clock } = times;
  const ticks = packet.duration * clock.timescale;
  if (rate === undefined) {
    const whole = Math.round(ticks);
    if (whole <= 0) return undefined;
    const { numerator, denominator } = clock.rate;
    return { numerator: whole * denominator, denominator: numerator };
  }
  // The last picture of a file or a cluster often has none.
  const count = Math.max(1, Math.round(ticks / toInterval(rate, clock)));
  const { numerator, denominator } = rate;
  return { numerator: count * denominator, denominator: numerator };
}

/** Gives the times of the first pictures, in the order of presentation. */
async function probe(
  walk: PacketWalk,
  clock: TickClock,
): Promise<PictureTimes[]> {
  const pictures: PictureTimes[] = [];
  let packet = await walk.first({ metadataOnly: true });
  while (packet !== undefined && pictures.length < probedPictures) {
    const tick = clock.toTicks(packet.timestamp);
    pictures.push({ tick, duration: toTickDuration(packet, clock) });
    packet = await walk.next(packet, { metadataOnly: true });
  }
  pictures.sort((a, b) => a.tick - b.tick);
  // Others may come between the last ones.
  return packet === undefined ? pictures : pictures.slice(0, -mostReordered);
}

/** Gives a duration in ticks, whole unless it is clearly not. */
function toTickDuration(packet: EncodedPacket, clock: TickClock): number {
  const ticks = packet.duration * clock.timescale;
  const whole = Math.round(ticks);
  return Math.abs(ticks - whole) < 1e-3 ? whole : ticks;
}

async function describe(
  track: InputVideoTrack,
  rate: VideoEssence["rate"],
): Promise<{ essence: VideoEssence; format: CodedVideoFormat }> {
  const id = await track.getInternalCodecId();
  const { codec, format } = nameVideoCodec(
    await track.getCodec(),
    typeof id === "string" ? id : "",
  );
  const config = await track.getDecoderConfig();
  const { num, den } = await track.getPixelAspectRatio();
  const rotation = await track.getRotation();
  const isTold = num > 0 && den > 0;
  const essence: VideoEssence = {
    kind: "video",
    codec,
    codecParameter: (await track.getCodecParameterString()) ?? undefined,
    decoderConfig: toBytes(config?.description),
    frameWidth: await track.getCodedWidth(),
    frameHeight: await track.getCodedHeight(),
    rate,
    pixelAspectRatio: isTold ? { numerator: num, denominator: den } : undefined,
    rotation: rotation === 0 ? undefined : rotation,
    colour: toColour(await track.getColorSpace()),
  };
  return { essence, format };
}
