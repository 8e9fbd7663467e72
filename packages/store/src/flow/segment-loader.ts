import type { Essence, Grain, ObjectFormat } from "@sluice/media";
import type { Flow, Segment } from "@sluice/tams";
import type { FlowStore } from "../port/flow-store.ts";
import type { FlowSegment } from "./flow-segment.ts";
import type { Lifetime } from "./lifetime.ts";

/** A segment's object, read and taken apart. */
export interface LoadedSegment {
  /** The segment. */
  readonly segment: FlowSegment;
  /** All grains of its object, in the order of decoding, on the flow's timeline. */
  readonly grains: readonly Grain[];
  /** How many bytes the object has. */
  readonly sizeBytes: number;
}

/** What a loader is made of. */
export interface SegmentLoaderInit {
  readonly store: FlowStore;
  readonly flow: Flow;
  readonly essence: Essence;
  readonly format: ObjectFormat;
  readonly lifetime: Lifetime;
}

type InitObject = NonNullable<Segment["init_object"]>;

/** Reads segments' objects; an initialisation object is read once. */
export class SegmentLoader {
  readonly #init: SegmentLoaderInit;
  readonly #initObjects = new Map<string, Promise<Uint8Array>>();

  constructor(init: SegmentLoaderInit) {
    this.#init = init;
  }

  /**
   * Reads a segment's object.
   *
   * @throws {ObjectNotFoundError} If its bytes are not there.
   * @throws {FormatError} If they do not follow their format.
   * @throws The signal's reason, if it aborts.
   */
  load(segment: FlowSegment, signal?: AbortSignal): Promise<LoadedSegment> {
    const { store, lifetime } = this.#init;
    return lifetime.run(async (either) => {
      const { document } = segment;
      const reading = store.readObject(document, { signal: either });
      // Both are read at the same time, and either may fail first.
      const [bytes, init] = await Promise.all([
        reading,
        this.#findInit(document.init_object),
      ]);
      const grains = await this.#decode(segment, bytes, init);
      return { segment, grains, sizeBytes: bytes.byteLength };
    }, signal);
  }

  #decode(
    segment: FlowSegment,
    bytes: Uint8Array,
    init: Uint8Array | undefined,
  ): Promise<readonly Grain[]> {
    const { flow, essence, format } = this.#init;
    return format.decode({
      bytes,
      init,
      timestampOffset: segment.timestampOffset,
      ids: { sourceId: flow.source_id, flowId: flow.id },
      essence,
    });
  }

  #findInit(object: InitObject | undefined): Promise<Uint8Array> | undefined {
    if (object === undefined) return undefined;
    const { object_id: id } = object;
    const known = this.#initObjects.get(id);
    if (known !== undefined) return known;
    const { store, lifetime } = this.#init;
    // Several wait for it, so that none of them may call it off.
    const reading = lifetime.run((signal) =>
      store.readObject(object, { signal }),
    );
    this.#initObjects.set(id, reading);
    reading.catch(() => this.#initObjects.delete(id));
    return reading;
  }
}
