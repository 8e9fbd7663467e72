import {
  InvalidRequestError,
  type Actor,
  type FlowProperties,
  type FlowQuery,
  type FlowStore,
  type PageOptions,
  type ProfileQuery,
  type SourceQuery,
  type TextProperty,
} from "@sluice/store";
import type { FlowPut, Profile, TaggedQuery, Tags } from "@sluice/tams";
import {
  findFlow,
  findSource,
  getFlowFor,
  getSourceFor,
} from "./access-check.ts";
import { classesTag, readClasses, type CallerRights } from "./caller-rights.ts";
import {
  checkClassChange,
  checkNewClasses,
  passOnToFlows,
  passOnToSources,
} from "./class-change.ts";
import { mayUseBackend } from "./restricted-storage.ts";
import { listVisible } from "./visible-page.ts";

/** What a `FlowStore` gives by one of its methods. */
type Answer<K extends keyof FlowStore> = FlowStore[K] extends (
  ...parameters: never[]
) => infer T
  ? T
  : never;

/** The part of a restricted store that is about what there is: sources, flows, backends. */
export abstract class RestrictedCatalogue {
  protected readonly store: FlowStore;
  protected readonly caller: CallerRights;

  /**
   * @param store All that there is.
   * @param caller What may be done with it.
   */
  constructor(store: FlowStore, caller: CallerRights) {
    this.store = store;
    this.caller = caller;
  }

  getService(): Answer<"getService"> {
    return this.store.getService();
  }

  updateService(change: {
    readonly name?: string;
    readonly description?: string;
  }): Promise<void> {
    return this.store.updateService(change);
  }

  listStorageBackends(
    query: TaggedQuery = {},
    page?: PageOptions,
  ): Answer<"listStorageBackends"> {
    return listVisible(
      {
        list: (part) => this.store.listStorageBackends(query, part),
        isVisible: (backend) => mayUseBackend(this.caller, "read", backend),
      },
      page,
    );
  }

  listProfiles(
    query?: ProfileQuery,
    page?: PageOptions,
  ): Answer<"listProfiles"> {
    return this.store.listProfiles(query, page);
  }

  getProfile(id: string): Promise<Profile> {
    return this.store.getProfile(id);
  }

  createProfile(profile: Profile, options?: Actor): Promise<Profile> {
    return this.store.createProfile(profile, options);
  }

  listSources(
    asked: SourceQuery = {},
    page?: PageOptions,
  ): Answer<"listSources"> {
    const { query, isExact } = this.caller.narrow(asked);
    if (isExact) return this.store.listSources(query, page);
    return listVisible(
      {
        list: (part) => this.store.listSources(query, part),
        isVisible: (source) => this.caller.has("read", source),
      },
      page,
    );
  }

  getSource(id: string): Answer<"getSource"> {
    return getSourceFor(this.store, this.caller, { id, right: "read" });
  }

  async setSourceText(
    id: string,
    name: TextProperty,
    value: string | undefined,
    options?: Actor,
  ): Promise<void> {
    await getSourceFor(this.store, this.caller, { id, right: "write" });
    await this.store.setSourceText(id, name, value, options);
  }

  async setSourceTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options: Actor = {},
  ): Promise<void> {
    const right = "write";
    const source = await getSourceFor(this.store, this.caller, { id, right });
    const change =
      name === classesTag
        ? checkClassChange(this.caller, source, value)
        : undefined;
    await this.store.setSourceTag(id, name, value, options);
    if (change === undefined) return;
    const members = (source.source_collection ?? []).map((item) => item.id);
    await passOnToSources(this.#parts(), members, { change, options });
  }

  listFlows(asked: FlowQuery = {}, page?: PageOptions): Answer<"listFlows"> {
    const { query, isExact } = this.caller.narrow(asked);
    if (isExact) return this.store.listFlows(query, page);
    return listVisible(
      {
        list: (part) => this.store.listFlows(query, part),
        isVisible: (flow) => this.caller.has("read", flow),
      },
      page,
    );
  }

  async getFlow(
    id: string,
    options?: Parameters<FlowStore["getFlow"]>[1],
  ): Answer<"getFlow"> {
    await getFlowFor(this.store, this.caller, { id, right: "read" });
    return this.store.getFlow(id, options);
  }

  async putFlow(flow: FlowPut, options: Actor = {}): Answer<"putFlow"> {
    const { id, source_id: sourceId } = flow;
    const isThere = (await findFlow(this.store, id)) !== undefined;
    const source = await findSource(this.store, sourceId);
    await this.#checkMembers(flow);
    if (isThere) return this.#replaceFlow(flow, options);
    if (source !== undefined) {
      const right = "write";
      await getSourceFor(this.store, this.caller, { id: sourceId, right });
    }
    checkNewClasses(this.caller, flow);
    const made = await this.store.putFlow(flow, options);
    await this.#inheritClasses(flow, source !== undefined, options);
    return made;
  }

  async setFlowProperty<K extends keyof FlowProperties>(
    id: string,
    name: K,
    value: FlowProperties[K] | undefined,
    options?: Actor,
  ): Promise<void> {
    await getFlowFor(this.store, this.caller, { id, right: "write" });
    if (name === "flow_collection") {
      // The name says what the value is.
      const collection = value as FlowProperties["flow_collection"] | undefined;
      await this.#checkMembers({ id, flow_collection: collection });
    }
    await this.store.setFlowProperty(id, name, value, options);
  }

  async setFlowTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options: Actor = {},
  ): Promise<void> {
    const right = "write";
    const flow = await getFlowFor(this.store, this.caller, { id, right });
    const change =
      name === classesTag
        ? checkClassChange(this.caller, flow, value)
        : undefined;
    await this.store.setFlowTag(id, name, value, options);
    if (change === undefined) return;
    const members = (flow.flow_collection ?? []).map((item) => item.id);
    await passOnToFlows(this.#parts(), members, { change, options });
  }

  async deleteFlow(id: string, options?: Actor): Answer<"deleteFlow"> {
    await getFlowFor(this.store, this.caller, { id, right: "delete" });
    return this.store.deleteFlow(id, options);
  }

  #parts(): { readonly store: FlowStore; readonly caller: CallerRights } {
    return { store: this.store, caller: this.caller };
  }

  async #replaceFlow(flow: FlowPut, options: Actor): Answer<"putFlow"> {
    const { id, source_id: sourceId } = flow;
    const right = "write";
    const before = await getFlowFor(this.store, this.caller, { id, right });
    const source = await findSource(this.store, sourceId);
    if (source !== undefined && before.source_id !== sourceId) {
      await getSourceFor(this.store, this.caller, { id: sourceId, right });
    }
    const classes = flow.tags?.[classesTag] ?? readClasses(before);
    const change = checkClassChange(this.caller, before, classes);
    // Who does not speak of classes means to leave them: without them nobody could see it.
    const tags =
      [classes].flat().length > 0
        ? { ...flow.tags, [classesTag]: classes }
        : flow.tags;
    const put = tags === undefined ? flow : { ...flow, tags };
    const made = await this.store.putFlow(put, options);
    await this.#inheritClasses(put, source !== undefined, options);
    const members = (made.flow.flow_collection ?? []).map((item) => item.id);
    await passOnToFlows(this.#parts(), members, { change, options });
    return made;
  }

  /** A source that a flow makes is in the classes of the flow. */
  async #inheritClasses(
    flow: FlowPut,
    isThere: boolean,
    options: Actor,
  ): Promise<void> {
    const classes = readClasses(flow);
    if (isThere || classes.length === 0) return;
    const { source_id: id } = flow;
    await this.store.setSourceTag(id, classesTag, classes, options);
  }

  /** What one may not read cannot be collected: it is not there for them. */
  async #checkMembers({
    id,
    flow_collection: collection = [],
  }: {
    readonly id: string;
    readonly flow_collection?: FlowProperties["flow_collection"] | undefined;
  }): Promise<void> {
    for (const item of collection) {
      const member = await findFlow(this.store, item.id);
      if (member === undefined || this.caller.has("read", member)) continue;
      throw new InvalidRequestError(
        `Cannot collect flow '${item.id}' in flow '${id}': there is none; make it first`,
      );
    }
  }
}
