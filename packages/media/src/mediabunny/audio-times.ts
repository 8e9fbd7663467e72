import { Rate, type Timestamp } from "@sluice/time";
import type { EncodedPacket } from "mediabunny";
import type { TickClock } from "./exact-time.ts";
import { FrameGrid } from "./frame-grid.ts";
import { createTrackTimes, type TrackTimes } from "./track-times.ts";

/** What tells when sound is presented. */
export interface AudioTiming {
  readonly clock: TickClock;
  readonly sampleRate: number;
  /** How many samples a packet has, if all have as many. */
  readonly frameSize: number | undefined;
  /** When the first is presented, in ticks. */
  readonly firstTick: number;
  /** By how much all are late, if the container says so. */
  readonly delay: Timestamp | undefined;
}

/**
 * Makes the times of a track of sound: where its clock cannot tell samples, as the
 * milliseconds of Matroska, they are counted from the first.
 */
export function createAudioTimes(timing: AudioTiming): TrackTimes {
  const { clock, sampleRate, frameSize, firstTick, delay } = timing;
  const isExact = clock.timescale % sampleRate === 0;
  if (isExact || frameSize === undefined) {
    return createTrackTimes(clock, undefined, delay);
  }
  const rate = Rate.of(sampleRate, frameSize);
  return createTrackTimes(clock, new FrameGrid(rate, clock, firstTick), delay);
}

/** What tells when sound is presented whose first times were raised to 0. */
export interface RaisedTiming {
  /** A tick is a sample. */
  readonly clock: TickClock;
  /** How many samples of the first packets are only for the decoder. */
  readonly preSkip: number;
  /** Tells how many samples a packet has. */
  readonly count: (packet: EncodedPacket) => number;
}

/**
 * Makes the times of Opus in Ogg, where mediabunny raises those below zero to 0: the
 * first packet begins as many samples before zero as the decoder drops.
 *
 * Source: RFC 7845, section 4.2: `preSkip` samples are played before the instant 0.
 */
export function createRaisedTimes(timing: RaisedTiming): TrackTimes {
  const { clock, preSkip, count } = timing;
  const createStarts = (): ((packet: EncodedPacket) => Timestamp) => {
    // The next sample, as long as times are raised.
    let position: number | undefined = -preSkip;
    return (packet) => {
      const tick = clock.toTicks(packet.timestamp);
      const samples = count(packet);
      const isRaised =
        tick === 0 && packet.duration * clock.timescale < samples - 0.5;
      const start = isRaised && position !== undefined ? position : tick;
      position =
        isRaised && position !== undefined ? position + samples : undefined;
      return clock.toTimestamp(start);
    };
  };
  const toQuery = (time: Timestamp): number | undefined =>
    time.nanoseconds <= 0n ? undefined : clock.toQuery(time);
  return { clock, needsData: true, createStarts, toQuery };
}
