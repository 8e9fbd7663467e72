import { ObjectNotFoundError, type FlowStore } from "@sluice/store";
import { ForbiddenError } from "../error/forbidden-error.ts";
import { findFlow } from "./access-check.ts";
import type { CallerRights } from "./caller-rights.ts";

/**
 * What a caller may do with objects: they have no classes of their own. One may be read by
 * who may read any flow that refers to it, and changed by who may write all of these, since
 * a URL that is added to an object is read by whoever reads one of its flows.
 *
 * Source: TAMS 8.2, application notes 0016 and 0018.
 */
export class ObjectAccess {
  readonly #store: FlowStore;
  readonly #caller: CallerRights;

  /**
   * @param store All that there is.
   * @param caller What may be done with it.
   */
  constructor(store: FlowStore, caller: CallerRights) {
    this.#store = store;
    this.#caller = caller;
  }

  /** Tells whether an object is there, and may be read. */
  async find(objectId: string): Promise<"absent" | "hidden" | "readable"> {
    if (this.#caller.isAdmin) return "readable";
    try {
      for await (const id of this.#listFlows(objectId)) {
        if (await this.isFlowReadable(id)) return "readable";
      }
      return "hidden";
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return "absent";
      throw error;
    }
  }

  /** @throws {ObjectNotFoundError} If it is not there, or may not be read. */
  async checkReadable(objectId: string): Promise<void> {
    if ((await this.find(objectId)) === "readable") return;
    throw new ObjectNotFoundError(objectId);
  }

  /**
   * @throws {ObjectNotFoundError} If it is not there, or may not be read.
   * @throws {ForbiddenError} If one of its flows may not be written.
   */
  async checkWritable(objectId: string): Promise<void> {
    await this.checkReadable(objectId);
    if (this.#caller.isAdmin) return;
    for await (const id of this.#listFlows(objectId)) {
      const flow = await findFlow(this.#store, id);
      if (flow === undefined || this.#caller.has("write", flow)) continue;
      throw new ForbiddenError(
        `You may not change object '${objectId}': flows refer to it that you may not write`,
      );
    }
  }

  /** Tells whether a flow is there, and may be read. */
  async isFlowReadable(flowId: string): Promise<boolean> {
    const flow = await findFlow(this.#store, flowId);
    return flow !== undefined && this.#caller.has("read", flow);
  }

  async *#listFlows(objectId: string): AsyncGenerator<string, void, undefined> {
    let page: string | undefined;
    do {
      const { object, next } = await this.#store.getObject(
        objectId,
        { acceptGetUrls: [] },
        page === undefined ? {} : { page },
      );
      yield* object.referenced_by_flows;
      page = next;
    } while (page !== undefined);
  }
}
