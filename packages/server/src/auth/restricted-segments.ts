import {
  InvalidRequestError,
  type Actor,
  type FlowStore,
  type PageOptions,
  type SegmentPage,
  type SegmentQuery,
} from "@sluice/store";
import type { FailedSegment, SegmentPost } from "@sluice/tams";
import { findFlow, getFlowFor } from "./access-check.ts";
import type { CallerRights } from "./caller-rights.ts";
import type { ObjectAccess } from "./object-access.ts";
import { hideStorage, listHiddenStorage } from "./restricted-storage.ts";

/** The segments of a store as one caller may see and add them. */
export class RestrictedSegments {
  readonly #store: FlowStore;
  readonly #caller: CallerRights;
  readonly #objects: ObjectAccess;

  /**
   * @param store All that there is.
   * @param caller What may be done with it.
   * @param objects What may be done with objects.
   */
  constructor(store: FlowStore, caller: CallerRights, objects: ObjectAccess) {
    this.#store = store;
    this.#caller = caller;
    this.#objects = objects;
  }

  /** Lists segments; a flow on which the caller has no right is as one that is not there. */
  async list(
    flowId: string,
    query: SegmentQuery,
    page: PageOptions | undefined,
  ): Promise<SegmentPage> {
    const flow = await findFlow(this.#store, flowId);
    if (flow === undefined || !this.#caller.hasAny(flow)) {
      return this.#store.listSegments(crypto.randomUUID(), query, page);
    }
    await getFlowFor(this.#store, this.#caller, { id: flowId, right: "read" });
    const hidden = await listHiddenStorage(this.#store, this.#caller);
    if (hidden.size === 0) {
      return this.#store.listSegments(flowId, query, page);
    }
    const verbose = { ...query, verboseStorage: true };
    const found = await this.#store.listSegments(flowId, verbose, page);
    const isVerbose = query.verboseStorage === true;
    const items = found.items.map((one) => hideStorage(one, hidden, isVerbose));
    return { ...found, items };
  }

  /** Registers segments, each by itself. */
  async add(
    flowId: string,
    posts: readonly SegmentPost[],
    options: Actor | undefined,
  ): Promise<readonly FailedSegment[]> {
    const right = "write";
    await getFlowFor(this.#store, this.#caller, { id: flowId, right });
    const refused: FailedSegment[] = [];
    const taken: SegmentPost[] = [];
    for (const post of posts) {
      const error = await this.#refuse(post);
      if (error === undefined) taken.push(post);
      else refused.push(describe(post, error));
    }
    const failed = await this.#store.addSegments(flowId, taken, options);
    return [...refused, ...failed];
  }

  /** Registers all of some segments, or none. */
  async addAtomically(
    flowId: string,
    posts: readonly SegmentPost[],
    options: Actor | undefined,
  ): Promise<void> {
    const right = "write";
    await getFlowFor(this.#store, this.#caller, { id: flowId, right });
    for (const post of posts) {
      const error = await this.#refuse(post);
      if (error !== undefined) throw error;
    }
    await this.#store.addSegmentsAtomically(flowId, posts, options);
  }

  /** Objects that are used again must be readable; who adds URLs to them must write them. */
  async #refuse(post: SegmentPost): Promise<Error | undefined> {
    const { object_id: id, init_object_id: initId, get_urls: urls = [] } = post;
    for (const used of initId === undefined ? [id] : [id, initId]) {
      if ((await this.#objects.find(used)) !== "hidden") continue;
      return new InvalidRequestError(
        `There is no object '${used}' to use: make room for it and write it first, or tell by get_urls where it is`,
      );
    }
    if (urls.length === 0 || (await this.#objects.find(id)) === "absent") {
      return undefined;
    }
    try {
      await this.#objects.checkWritable(id);
      return undefined;
    } catch (error) {
      if (error instanceof Error && "code" in error) return error;
      throw error;
    }
  }
}

function describe(post: SegmentPost, error: Error): FailedSegment {
  const { code } = error as Error & { readonly code?: unknown };
  return {
    object_id: post.object_id,
    timerange: post.timerange,
    error: {
      type: typeof code === "string" ? code : error.name,
      summary: error.message,
      time: new Date().toISOString(),
    },
  };
}
