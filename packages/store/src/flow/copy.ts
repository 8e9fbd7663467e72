import type { Flow, Segment, SegmentPost } from "@sluice/tams";
import { from } from "sluice";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type { FlowStore } from "../port/flow-store.ts";
import type { AllocatedObject } from "../port/object-facts.ts";
import { FlowNotFoundError } from "../error/flow-not-found-error.ts";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { toFlowPut } from "./flow-put.ts";
import { listPages } from "./list-pages.ts";

/** How flows are copied. */
export interface CopyOptions {
  /** How many objects are copied at the same time; 4 by default. */
  readonly concurrency?: number | undefined;
  /** Is told of each segment that is there now. */
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined;
  /** Gives it up with its reason. What was copied stays, and another call goes on there. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a copy is. */
export interface CopyProgress {
  /** The flow. */
  readonly flowId: string;
  /** The segment that is there now. */
  readonly timerange: string;
  /** Whether it was there before. */
  readonly wasThere: boolean;
}

/** From where to where. */
export interface CopyRoute {
  readonly from: FlowStore;
  readonly to: FlowStore;
}

/**
 * Copies a flow, and those that it collects, from one store to another, ids and all.
 *
 * What is there already is passed over, so that a copy that was broken off is gone on with,
 * and one that is repeated does nothing. Bytes are streamed; objects that several segments
 * share are copied once.
 *
 * @throws {FlowNotFoundError} If there is no such flow.
 * @throws {RangeError} If `concurrency` is not a whole number of 1 or more.
 */
export async function copyFlow(
  route: CopyRoute,
  flowId: string,
  options: CopyOptions = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const flow = await route.from.getFlow(flowId);
  // Those that are collected have to be there before they can be.
  for (const { id } of flow.flow_collection ?? []) {
    await copyFlow(route, id, options);
  }
  const { to } = route;
  await putUnlessThere(to, flow);
  const objects = new ObjectCopies(route, flowId, signal);
  const there = await listThere(to, flowId);
  const query = { includeObjectTimerange: true };
  await listPages((page) => route.from.listSegments(flowId, query, page))
    .withOptions({ signal })
    .map(
      async (segment) => {
        const wasThere = there.has(segment.timerange);
        if (!wasThere) {
          const post = await objects.copy(segment);
          await to.addSegmentsAtomically(flowId, [post]);
        }
        const { timerange } = segment;
        return { flowId, timerange, wasThere };
      },
      { concurrency: options.concurrency ?? 4 },
    )
    .forEach((progress) => options.onProgress?.(progress));
}

async function putUnlessThere(to: FlowStore, flow: Flow): Promise<void> {
  try {
    await to.getFlow(flow.id);
  } catch (error) {
    if (!(error instanceof FlowNotFoundError)) throw error;
    await to.putFlow(toFlowPut(flow));
  }
}

function listThere(to: FlowStore, flowId: string): Promise<Set<string>> {
  return listPages((page) => to.listSegments(flowId, {}, page))
    .map(({ timerange }) => timerange)
    .toSet();
}

/** Copies objects, each once. */
class ObjectCopies {
  readonly #route: CopyRoute;
  readonly #flowId: string;
  readonly #signal: AbortSignal | undefined;
  /** The id in the other store, by that in the first. */
  readonly #copies = new Map<string, Promise<string>>();

  constructor(
    route: CopyRoute,
    flowId: string,
    signal: AbortSignal | undefined,
  ) {
    this.#route = route;
    this.#flowId = flowId;
    this.#signal = signal;
  }

  /** Copies the objects of a segment; gives what it is registered with. */
  async copy(segment: Segment): Promise<SegmentPost> {
    const { init_object: init, get_urls: _urls, ...common } = segment;
    const initId = init && (await this.#copyOnce(init));
    const objectId = await this.#copyOnce(segment);
    return {
      ...common,
      object_id: objectId,
      ...(initId === undefined ? {} : { init_object_id: initId }),
    };
  }

  #copyOnce(object: Pick<Segment, "object_id" | "get_urls">): Promise<string> {
    const { object_id: id } = object;
    let copy = this.#copies.get(id);
    if (copy === undefined) {
      copy = this.#copyObject(object);
      this.#copies.set(id, copy);
    }
    return copy;
  }

  async #copyObject(
    object: Pick<Segment, "object_id" | "get_urls">,
  ): Promise<string> {
    const { from: source, to } = this.#route;
    const signal = this.#signal;
    if (await isThere(to, object.object_id)) return object.object_id;
    const allocated = await this.#allocate(object.object_id);
    const bytes = source.streamObject(object);
    await to.writeObject(allocated, from(bytes).withOptions({ signal }), {
      signal,
    });
    return allocated.objectId;
  }

  /** Makes room under the same id; under another, where a broken copy took that one. */
  async #allocate(id: string): Promise<AllocatedObject> {
    const { to } = this.#route;
    try {
      return first(await to.allocateObjects(this.#flowId, { objectIds: [id] }));
    } catch (error) {
      if (!(error instanceof InvalidRequestError)) throw error;
      return first(await to.allocateObjects(this.#flowId, { limit: 1 }));
    }
  }
}

async function isThere(store: FlowStore, id: string): Promise<boolean> {
  try {
    await store.getObject(id);
    return true;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return false;
    throw error;
  }
}

function first(allocated: readonly AllocatedObject[]): AllocatedObject {
  const [object] = allocated;
  if (object === undefined) throw new RangeError("The store made no room");
  return object;
}
