import type { TimeRange } from "@sluice/time";
import type { AsyncContextManager, Stream, StreamOptions } from "sluice";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";

/** Bytes that can be read from any place: in memory, a `Blob`, a URL, or a file's path. */
export type MediaSource = Uint8Array | Blob | URL | string;

/** Whose grains they are. */
export interface GrainIds {
  /** The source: a UUID. */
  readonly sourceId: string;
  /** The flow: a UUID. */
  readonly flowId: string;
}

/** In which order coded pictures come: as they are shown, or as they are decoded. */
export type GrainOrder = "presentation" | "decode";

/** Which grains of a track are given, and how. */
export interface TrackGrainsOptions extends StreamOptions {
  /** Whose they are; by default ids that were made when the container was opened. */
  readonly ids?: GrainIds;
  /** In which order they come; as they are decoded (and stored) by default. */
  readonly order?: GrainOrder;
  /** Only those that are presented within it, by their start; all by default. */
  readonly timeRange?: TimeRange;
}

/** One track of a container: what becomes one flow. */
export interface Track {
  /** Its number in the container: of MP4 and Matroska its track's, of MPEG-TS its PID. */
  readonly number: number;
  /** What its grains have in common. */
  readonly essence: Essence;
  /** Ticks in a second of the container's clock, in which its times are whole. */
  readonly timescale: number;
  /** Its language (ISO 639-2), if that is told. */
  readonly language: string | undefined;
  /** Its name, if it has one. */
  readonly label: string | undefined;
  /**
   * Gives its grains, afresh at each call, coded ones in the normal form of their codec.
   * An origin timestamp is the instant of presentation on the container's own timeline,
   * which may begin below zero; the temporal offset is 0.
   *
   * @throws {ClosedError} On reading, if the container is closed.
   * @throws {FormatError} On reading, if the bytes do not follow their format.
   */
  getGrains(options?: TrackGrainsOptions): Stream<Grain>;
}

/** A file of media that has been opened. */
export interface Container {
  /** Its MIME type: `video/mp4`, `video/mp2t`, `audio/wav`, ... */
  readonly contentType: string;
  /** Its tracks, in the container's order. */
  readonly tracks: readonly Track[];
}

/** Opens a container, and closes what it opened. */
export type ContainerManager = AsyncContextManager<Container, false>;
