import type { Rate, Timestamp } from "@sluice/time";
import type { InputVideoTrack } from "mediabunny";
import type { VideoEssence } from "../essence/essence.ts";
import {
  createCodedVideoGrain,
  type CodedVideoFormat,
} from "../grain/coded-video-grain.ts";
import { nameVideoCodec } from "./codec-names.ts";
import { mergeColours, toColour } from "./colour.ts";
import { findExactRate } from "./exact-rate.ts";
import { TickClock } from "./exact-time.ts";
import { FrameGrid, toInterval } from "./frame-grid.ts";
import type { PacketWalk } from "./packet-walk.ts";
import { readPictureFacts } from "./picture-facts.ts";
import { probePictures, toPictureDuration } from "./picture-times.ts";
import { toBytes } from "./to-bytes.ts";
import type { TrackContent } from "./track-content.ts";
import { createTrackTimes } from "./track-times.ts";
import { toVideoPayload, type VideoPayload } from "./video-payload.ts";

/**
 * Finds out what there is to know of a track of pictures.
 *
 * @param delay By how much its times are late, if the container says so.
 * @throws {FormatError} If what a decoder is told cannot be read.
 */
export async function openVideoTrack(
  track: InputVideoTrack,
  walk: PacketWalk,
  delay: Timestamp | undefined,
): Promise<TrackContent> {
  const clock = TickClock.of(await track.getTimeResolution());
  const pictures = await probePictures(walk, clock);
  const rate = findExactRate(pictures, clock);
  const [first] = pictures;
  const needsGrid = rate !== undefined && toInterval(rate, clock) % 1 !== 0;
  const grid =
    needsGrid && first ? new FrameGrid(rate, clock, first.tick) : undefined;
  const payload = await openPayload(track, walk);
  const { essence, format } = await describe(track, rate, payload);
  return {
    essence,
    times: createTrackTimes(clock, grid, delay),
    isReordered: true,
    measure: ({ packet }) => toPictureDuration(packet, clock, rate),
    createGrains:
      () =>
      ({ packet, start }, owner) =>
        createCodedVideoGrain({
          ...owner,
          originTimestamp: start,
          rate,
          duration: toPictureDuration(packet, clock, rate),
          format,
          originWidth: essence.frameWidth,
          originHeight: essence.frameHeight,
          isKeyFrame: packet.type === "key",
          temporalOffset: 0,
          data: payload.convert(packet.data),
        }),
  };
}

async function openPayload(
  track: InputVideoTrack,
  walk: PacketWalk,
): Promise<VideoPayload> {
  const config = await track.getDecoderConfig();
  const description = toBytes(config?.description);
  // Only if nothing is told of it, the first picture must be looked at.
  const first =
    description === undefined
      ? await walk.first({ metadataOnly: false })
      : undefined;
  return toVideoPayload(await track.getCodec(), description, first?.data);
}

interface Described {
  readonly essence: VideoEssence;
  readonly format: CodedVideoFormat;
}

async function describe(
  track: InputVideoTrack,
  rate: Rate | undefined,
  { decoderConfig }: VideoPayload,
): Promise<Described> {
  const name = await track.getCodec();
  const id = await track.getInternalCodecId();
  const { codec, format } = nameVideoCodec(
    name,
    typeof id === "string" ? id : "",
  );
  const codecParameter = (await track.getCodecParameterString()) ?? undefined;
  const facts = readPictureFacts(name, decoderConfig, codecParameter);
  const { num, den } = await track.getPixelAspectRatio();
  const rotation = await track.getRotation();
  const essence: VideoEssence = {
    ...facts,
    kind: "video",
    codec,
    codecParameter,
    decoderConfig,
    frameWidth: await track.getCodedWidth(),
    frameHeight: await track.getCodedHeight(),
    rate,
    pixelAspectRatio:
      num > 0 && den > 0 ? { numerator: num, denominator: den } : undefined,
    rotation: rotation === 0 ? undefined : rotation,
    colour: mergeColours(toColour(await track.getColorSpace()), facts.colour),
  };
  return { essence, format };
}
