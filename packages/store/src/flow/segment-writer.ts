import type { EncodedObject, Grain, ObjectEncoder } from "@sluice/media";
import type { Flow, SegmentPost } from "@sluice/tams";
import { TimeRange, Timestamp } from "@sluice/time";
import type { FlowStore } from "../port/flow-store.ts";
import { TOLERANCE, type FlowSegment } from "./flow-segment.ts";
import { GrainOrder } from "./grain-order.ts";
import { getGrainStart } from "./grain-span.ts";
import { placeInitObject } from "./init-object.ts";
import type { Lifetime } from "./lifetime.ts";
import { ObjectWriter } from "./object-writer.ts";
import { SegmentCutter } from "./segment-cutter.ts";

/** What a writer of segments is made of. */
export interface SegmentWriterInit {
  readonly store: FlowStore;
  readonly flow: Flow;
  readonly kind: "video" | "audio" | "data";
  readonly encoder: ObjectEncoder;
  /** The flow's last segment, if it has any. */
  readonly last: FlowSegment | undefined;
  /** About how long a segment is. */
  readonly segmentDuration: Timestamp;
  /** Whether each segment is registered by itself. */
  readonly asYouGo: boolean;
  readonly lifetime: Lifetime;
}

/**
 * Cuts grains into segments, writes their objects and registers them.
 *
 * Holds the grains of one segment, and the objects of those before it that are being written.
 */
export class SegmentWriter {
  readonly #init: SegmentWriterInit;
  readonly #order: GrainOrder;
  readonly #cutter: SegmentCutter;
  readonly #objects: ObjectWriter;
  #grains: Grain[] = [];
  #posts: SegmentPost[] = [];
  #initObjectId: string | undefined;
  /** The end of the segment before, on the flow's timeline. */
  #before: bigint | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(init: SegmentWriterInit) {
    this.#init = init;
    this.#order = new GrainOrder(init.kind);
    this.#cutter = new SegmentCutter(init.segmentDuration.nanoseconds);
    this.#objects = new ObjectWriter(init);
  }

  /**
   * Takes a grain. Where it begins another segment, it waits until the one before is being
   * written; as you go, until that is registered.
   *
   * @throws What writing failed with, now or before.
   */
  async add(grain: Grain): Promise<void> {
    this.#checkHealth();
    this.#order.check(grain);
    if (this.#cutter.isCut(grain, this.#order.end)) {
      await this.#finish(getGrainStart(grain));
    }
    this.#order.add(grain);
    this.#grains.push(grain);
  }

  /** Writes what is left, and registers what is not registered yet, as one. */
  async commit(): Promise<void> {
    this.#checkHealth();
    await this.#finish();
    await this.#objects.settle();
    if (this.#posts.length === 0) return;
    const { store, flow, lifetime } = this.#init;
    await lifetime.run(() => store.addSegmentsAtomically(flow.id, this.#posts));
    this.#posts = [];
  }

  /** What could not be written is not there, so nothing may come after it. */
  #checkHealth(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    this.#objects.check();
  }

  async #finish(next?: bigint): Promise<void> {
    if (this.#grains.length === 0) return;
    try {
      await this.#write(next);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
    this.#grains = [];
    this.#order.cut();
  }

  async #write(next: bigint | undefined): Promise<void> {
    const { store, flow, encoder, lifetime, asYouGo } = this.#init;
    const encoded = await encoder.encode(this.#grains);
    const initObjectId = await this.#placeInit();
    const objectId = await this.#objects.begin(encoded.bytes);
    const span = findSpan(encoded, this.#before, next);
    const post = toPost(encoded, { objectId, initObjectId, span });
    this.#before = span.toNanosecondBounds().end;
    if (asYouGo) {
      await this.#objects.settle();
      await lifetime.run(() => store.addSegmentsAtomically(flow.id, [post]));
    } else {
      this.#posts.push(post);
    }
  }

  async #placeInit(): Promise<string | undefined> {
    const { encoder, lifetime, ...target } = this.#init;
    const { init } = encoder;
    if (init === undefined) return undefined;
    this.#initObjectId ??= await lifetime.run((signal) =>
      placeInitObject(init, { ...target, signal }),
    );
    return this.#initObjectId;
  }
}

/**
 * Where a segment is: where its samples are, unless what is before or after it is so near that
 * only the rounding of times is between them.
 */
function findSpan(
  { timeRange, lastDuration }: EncodedObject,
  before: bigint | undefined,
  next: bigint | undefined,
): TimeRange {
  const { start = 0n, end = 0n } = timeRange.toNanosecondBounds();
  const first = before !== undefined && before > start ? before : start;
  const half = lastDuration.nanoseconds / 2n;
  const isNear =
    next !== undefined && next - end <= TOLERANCE && end - next <= half;
  if (first === start && !isNear) return timeRange;
  const past = isNear ? next : end;
  return TimeRange.of(
    Timestamp.fromNanoseconds(first),
    Timestamp.fromNanoseconds(past),
  );
}

interface Placed {
  readonly objectId: string;
  readonly initObjectId: string | undefined;
  readonly span: TimeRange;
}

function toPost(
  encoded: EncodedObject,
  { objectId, initObjectId, span }: Placed,
): SegmentPost {
  const { timestampOffset: offset, lastDuration } = encoded;
  const { start, end } = span;
  const own = TimeRange.of(
    start?.subtract(offset),
    end?.subtract(offset),
    span.inclusivity,
  );
  return {
    object_id: objectId,
    timerange: `${span}`,
    ts_offset: `${offset}`,
    object_timerange: `${own}`,
    last_duration: `${lastDuration}`,
    sample_count: encoded.sampleCount,
    key_frame_count: encoded.keyFrameCount,
    ...(initObjectId === undefined ? {} : { init_object_id: initObjectId }),
  };
}
