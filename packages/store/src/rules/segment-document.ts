import type { GetUrl, Segment, SegmentQuery } from "@sluice/tams";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type {
  IndexTransaction,
  ObjectRecord,
  SegmentRecord,
} from "../port/segment-index.ts";
import { createGetUrls } from "./get-urls.ts";
import type { StoreSetup } from "./store-setup.ts";
import { formatInstant, formatSpan } from "./time-text.ts";

/** Writes segments as TAMS has them; looks at each of their objects once. */
export class SegmentWriter {
  readonly #index: IndexTransaction;
  readonly #query: SegmentQuery;
  readonly #setup: StoreSetup;
  readonly #objects = new Map<string, Promise<ObjectRecord>>();

  /**
   * @param index The index.
   * @param query What is to be told.
   * @param setup The store's.
   */
  constructor(index: IndexTransaction, query: SegmentQuery, setup: StoreSetup) {
    this.#index = index;
    this.#query = query;
    this.#setup = setup;
  }

  /** Writes one. */
  async write(record: SegmentRecord): Promise<Segment> {
    const object = await this.#findObject(record.objectId);
    return {
      object_id: record.objectId,
      timerange: record.timerange,
      ...(record.offset !== 0n && { ts_offset: formatInstant(record.offset) }),
      ...(record.lastDuration !== undefined && {
        last_duration: formatInstant(record.lastDuration),
      }),
      ...(this.#query.includeObjectTimerange === true && {
        object_timerange: object.timerange ?? formatSpan(object.span),
      }),
      ...writeSamples(record),
      ...(object.keyFrameCount !== undefined && {
        key_frame_count: object.keyFrameCount,
      }),
      get_urls: this.#createUrls(object),
      ...(await this.#writeInitObject(object)),
    };
  }

  async #writeInitObject({
    initObjectId,
  }: ObjectRecord): Promise<Pick<Segment, "init_object">> {
    if (initObjectId === undefined) return {};
    const object = await this.#findObject(initObjectId);
    const get_urls = this.#createUrls(object);
    return { init_object: { object_id: initObjectId, get_urls } };
  }

  #createUrls(object: ObjectRecord): readonly GetUrl[] {
    return createGetUrls(object, this.#query, this.#setup);
  }

  #findObject(id: string): Promise<ObjectRecord> {
    let object = this.#objects.get(id);
    if (object === undefined) {
      object = this.#readObject(id);
      this.#objects.set(id, object);
    }
    return object;
  }

  async #readObject(id: string): Promise<ObjectRecord> {
    const object = await this.#index.findObject(id);
    if (object === undefined) throw new ObjectNotFoundError(id);
    return object;
  }
}

function writeSamples({
  sampleOffset,
  sampleCount,
}: SegmentRecord): Pick<Segment, "sample_offset" | "sample_count"> {
  return {
    ...(sampleOffset !== undefined && { sample_offset: sampleOffset }),
    ...(sampleCount !== undefined && { sample_count: sampleCount }),
  };
}
