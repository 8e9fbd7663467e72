import type { TimeRange, Timestamp } from "@sluice/time";
import type { GrainIds } from "../container/container.ts";
import type { Essence } from "../essence/essence.ts";
import type { Grain } from "../grain/grain.ts";

/** A media object: grains of one flow as bytes, and where they are on their timelines. */
export interface EncodedObject {
  /** The object. */
  readonly bytes: Uint8Array;
  /** Where its samples are on the object's own timeline: start within, end without. */
  readonly objectTimeRange: TimeRange;
  /** Where they are on the flow's timeline: `objectTimeRange` moved by `timestampOffset`. */
  readonly timeRange: TimeRange;
  /** A flow's instant less the object's: TAMS's `ts_offset`. */
  readonly timestampOffset: Timestamp;
  /** How long the last sample lasts: TAMS's `last_duration`. */
  readonly lastDuration: Timestamp;
  /** How many samples there are: pictures, or samples of sound. */
  readonly sampleCount: number;
  /** How many grains decoding can begin with. */
  readonly keyFrameCount: number;
}

/** What writes a flow's media objects. */
export interface ObjectEncoder {
  /**
   * The initialisation object that all its media objects need: the same bytes for the same
   * essence, whenever it is made; absent if the format has none.
   */
  readonly init: Uint8Array | undefined;
  /**
   * Makes one media object.
   *
   * @param grains At least one, in the order of decoding; the first a key frame.
   * @throws {TypeError} If there is none, or one is of another kind than the essence.
   * @throws {UnsupportedMediaError} If the format cannot hold one of them.
   */
  encode(grains: readonly Grain[]): Promise<EncodedObject>;
}

/** A media object to be read. */
export interface ObjectToDecode {
  /** The object. */
  readonly bytes: Uint8Array;
  /** Its initialisation object, if it has one. */
  readonly init?: Uint8Array | undefined;
  /** What is added to its times: TAMS's `ts_offset`. */
  readonly timestampOffset: Timestamp;
  /** Whose grains they are. */
  readonly ids: GrainIds;
  /**
   * What is known of the flow, which tells what the object does not: the rate of pictures,
   * the format of samples.
   */
  readonly essence: Essence;
}

/** How a flow's objects are written. */
export interface ObjectEncoderOptions {
  /**
   * Ticks in a second of the objects' clock, in which all times are whole: a track's
   * `timescale`. By default the numerator of the rate of pictures, or 90000 if that varies;
   * the sample rate of sound. Only formats with a clock of their own heed it.
   */
  readonly timescale?: number | undefined;
  /**
   * The offset of objects of the flow that were written before. It is taken again where it
   * will do.
   */
  readonly timestampOffset?: Timestamp | undefined;
}

/** How a flow's grains become media objects, and grains again. */
export interface ObjectFormat {
  /** The MIME type of its objects, a TAMS flow's `container`. */
  readonly contentType: string;
  /** Whether its objects need an initialisation object. */
  readonly hasInit: boolean;
  /** Whether it can hold such essence. */
  canHold(essence: Essence): boolean;
  /**
   * Begins to write objects of one flow.
   *
   * @throws {UnsupportedMediaError} If it cannot hold such essence.
   * @throws {RangeError} If the timescale is not a whole number from 1 to 1000000000.
   */
  createEncoder(
    essence: Essence,
    options?: ObjectEncoderOptions,
  ): Promise<ObjectEncoder>;
  /**
   * Reads an object's grains, in the order of decoding, with times on the flow's timeline.
   * What another than Sluice has written is read as well.
   *
   * @throws {FormatError} If the bytes do not follow their format.
   * @throws {UnsupportedMediaError} If there is no track of the essence's kind in it.
   */
  decode(object: ObjectToDecode): Promise<readonly Grain[]>;
}
