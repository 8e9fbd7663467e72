import type { Essence, Grain } from "@sluice/media";
import type { Flow, Segment } from "@sluice/tams";
import { CountRange, Rate, TimeRange, Timestamp } from "@sluice/time";
import type { Stream } from "sluice";
import { MissingMediaError } from "../error/missing-media-error.ts";
import {
  streamGrainsToDecode,
  rightBefore,
  type GrainToDecode,
} from "./decoding-grains.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { Lifetime } from "./lifetime.ts";
import type { MediaPlace } from "./media-place.ts";
import { readByCount } from "./read-by-count.ts";
import { readByOrdinal } from "./read-by-ordinal.ts";
import { readDecoderConfig } from "./read-decoder-config.ts";
import {
  eitherOf,
  toReadSettings,
  type ReadOptions,
  type ReadSettings,
} from "./reader-options.ts";
import { listFlowSegments } from "./reading-plan.ts";
import type { LoadedSegment, SegmentLoader } from "./segment-loader.ts";
import { streamSegments } from "./segment-stream.ts";
import { selectGrains } from "./select-grains.ts";

/** What a reader is made of. */
export interface FlowReaderInit {
  readonly place: MediaPlace;
  readonly flow: Flow;
  readonly essence: Essence;
  readonly loader: SegmentLoader;
  readonly settings: ReadSettings;
}

/** Which grains are wanted: how many. */
export interface ReadCount {
  /** How many: pictures, samples of sound, or events; at least 0. */
  readonly count: number;
  /** Gives it up with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a flow: `openRead` gives it to its block.
 *
 * After the block each method throws a `ClosedError`; what was read stays valid.
 */
export class FlowReader {
  /** The flow, as it was when the reader was opened. */
  readonly flow: Flow;
  /** What the flow's document tells of its grains; see {@linkcode FlowReader.readEssence}. */
  readonly essence: Essence;
  readonly #place: MediaPlace;
  readonly #loader: SegmentLoader;
  readonly #settings: ReadSettings;
  #origin: Promise<Timestamp | undefined> | undefined;

  /**
   * @param init What it is made of: see `openRead`.
   * @internal
   */
  constructor(init: FlowReaderInit) {
    this.flow = init.flow;
    this.essence = init.essence;
    this.#place = init.place;
    this.#loader = init.loader;
    this.#settings = init.settings;
  }

  get #lifetime(): Lifetime {
    return this.#place.lifetime;
  }

  /**
   * Reads exactly so many grains, in the order of presentation.
   *
   * Pictures are counted at the flow's rate from where the flow begins, to the nearest; at a
   * varying rate, and events, by their place. Sound is counted in samples and comes to the
   * sample: what is not coded is cut; a coded frame stays whole, and its `priming` and
   * `remainder` tell what to throw away.
   *
   * Holds all of them. The flow begins with its first segment, as it is when the reader first
   * counts.
   *
   * @param start The number of the first one, from 0 on; or its instant.
   * @param wanted How many.
   * @returns The grains.
   * @throws {RangeError} If a number is not whole, or below 0.
   * @throws {MissingMediaError} If one is not there; it names the ranges.
   * @throws {ClosedError} If the block has ended.
   * @throws {ObjectNotFoundError} If an object's bytes are not there.
   */
  async read(
    start: number | Timestamp,
    wanted: ReadCount,
  ): Promise<readonly Grain[]> {
    const { count, signal } = wanted;
    checkCount("count", count);
    if (typeof start === "number") checkCount("start", start);
    return this.#lifetime.run(
      async (either) => {
        const origin = await this.#findOrigin();
        if (count === 0) return [];
        if (origin === undefined) {
          throw new MissingMediaError(this.flow.id, [`${TimeRange.eternity}`]);
        }
        const rate = getUnitRate(this.essence);
        const open = (timeRange: TimeRange): Stream<LoadedSegment> =>
          this.#stream({
            ...this.#settings,
            timeRange,
            gaps: "skip",
            signal: either,
          });
        if (rate === undefined) return this.#readByOrdinal(open, start, count);
        const first =
          typeof start === "number"
            ? start
            : start.subtract(origin).toCount(rate);
        const counts = CountRange.of(first, first + count);
        const scale = { flowId: this.flow.id, origin, rate };
        return readByCount(open, counts, scale);
      },
      eitherOf(signal, this.#settings.signal),
    );
  }

  /**
   * Reads the grains of a range, a fresh stream at each call.
   *
   * The next segments are loaded in the background while grains are worked on, so far as
   * `prefetch` says; leaving ends what is being loaded, at once. Pictures and events are given
   * that begin within the range; sound to the sample.
   *
   * @param options What is not named is as it was said to `openRead`.
   * @returns The stream; opened when it is first read.
   * @throws {RangeError} If an option is out of bounds; at once.
   * @throws {ClosedError} If the block has ended: at once, or, if it ends meanwhile, on
   * reading.
   * @throws {MissingMediaError} On reading, at a gap, if gaps are to fail.
   * @throws {ObjectNotFoundError} On reading, if an object's bytes are not there.
   */
  getGrains(options?: ReadOptions): Stream<Grain> {
    this.#lifetime.check();
    const settings = toReadSettings(options, this.#settings);
    const { timeRange, order } = settings;
    return this.#stream(settings).flatMap((loaded) =>
      selectGrains(loaded, timeRange, order),
    );
  }

  /**
   * Reads the grains of a range in the order of decoding, and those besides that a decoder
   * needs: from the key frame before the range on, and after it those that others refer to;
   * for sound, the frames in which it settles. Each is marked as wanted, or not.
   *
   * @param options As for {@linkcode FlowReader.getGrains}; `order` does not matter.
   * @returns The stream; opened when it is first read.
   * @throws {RangeError} If an option is out of bounds; at once.
   * @throws {ClosedError} As `getGrains`.
   * @throws {MissingMediaError} As `getGrains`.
   * @throws {ObjectNotFoundError} As `getGrains`.
   */
  getGrainsToDecode(options?: ReadOptions): Stream<GrainToDecode> {
    this.#lifetime.check();
    const settings = toReadSettings(options, this.#settings);
    const open = (timeRange: TimeRange): Stream<LoadedSegment> =>
      this.#stream({ ...settings, timeRange });
    const findBefore = async (
      segment: FlowSegment,
      signal: AbortSignal,
    ): Promise<LoadedSegment | undefined> => {
      const before = await this.#list(rightBefore(segment)).find(
        ({ start }) => start < segment.start,
      );
      return before && this.#loader.load(before, signal);
    };
    return streamGrainsToDecode({ open, findBefore }, settings.timeRange);
  }

  /**
   * Lists the flow's segments, as the store tells them, in order.
   *
   * @param options Those that overlap a range; all by default.
   * @returns The stream.
   * @throws {ClosedError} If the block has ended: at once, or on reading.
   */
  listSegments(options?: { readonly timerange?: TimeRange }): Stream<Segment> {
    this.#lifetime.check();
    const { timerange = this.#settings.timeRange } = options ?? {};
    return this.#list(timerange).map(({ document }) => document);
  }

  /**
   * Tells from when to when the flow has samples.
   *
   * @returns The range; `()` if there are none.
   * @throws {ClosedError} If the block has ended.
   * @throws {FlowNotFoundError} If there is no such flow any more.
   */
  async getTimeRange(): Promise<TimeRange> {
    const { store } = this.#place;
    const { timerange = "()" } = await this.#lifetime.run(
      () => store.getFlow(this.flow.id, { timerange: true }),
      this.#settings.signal,
    );
    return TimeRange.parse(timerange, { spelling: "any" });
  }

  /**
   * Tells all that is known of the flow's grains: what a decoder is told before the first of
   * them, too. That is read from the first segment's initialisation object.
   *
   * @returns The essence.
   * @throws {ClosedError} If the block has ended.
   * @throws {ObjectNotFoundError} If the object's bytes are not there.
   */
  readEssence(): Promise<Essence> {
    const { store } = this.#place;
    return this.#lifetime.run(async (signal) => {
      const first = await this.#list(TimeRange.eternity).find(() => true);
      const object = first?.document.init_object;
      if (object === undefined) return this.essence;
      const init = await store.readObject(object, { signal });
      return readDecoderConfig(init, this.essence);
    }, this.#settings.signal);
  }

  #readByOrdinal(
    open: (timeRange: TimeRange) => Stream<LoadedSegment>,
    start: number | Timestamp,
    count: number,
  ): Promise<readonly Grain[]> {
    const isNumber = typeof start === "number";
    const timeRange = isNumber
      ? TimeRange.eternity
      : TimeRange.of(start, undefined);
    return readByOrdinal(
      { flowId: this.flow.id, open, list: (range) => this.#list(range) },
      timeRange,
      { first: isNumber ? start : 0, count },
    );
  }

  #findOrigin(): Promise<Timestamp | undefined> {
    const finding = (this.#origin ??= this.getTimeRange().then(
      ({ start, isEmpty }) => (isEmpty ? undefined : start),
    ));
    const forget = (): void => {
      this.#origin = undefined;
    };
    // A flow that has not begun, or could not be asked, is asked again.
    finding.then((origin) => {
      if (origin === undefined) forget();
    }, forget);
    return finding;
  }

  #list(timeRange: TimeRange): Stream<FlowSegment> {
    const plan = { flowId: this.flow.id, timeRange };
    const { signal } = this.#settings;
    return listFlowSegments(this.#place.store, plan)
      .withOptions({ signal: this.#lifetime.signal })
      .withOptions({ signal });
  }

  #stream(settings: ReadSettings): Stream<LoadedSegment> {
    const { id: flowId } = this.flow;
    const init = { place: this.#place, loader: this.#loader, flowId };
    return streamSegments(init, settings);
  }
}

/** How fast a flow's units go on: pictures, or samples of sound; nothing, if it varies. */
function getUnitRate(essence: Essence): Rate | undefined {
  if (essence.kind === "audio") return Rate.of(essence.sampleRate);
  return essence.kind === "video" ? essence.rate : undefined;
}

/** @throws {RangeError} If it is not a whole number of 0 or more. */
function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(
    `Cannot read with the ${name} ${value}: it is not a whole number of 0 or more`,
  );
}
