import type {
  FlowPut,
  FlowQuery,
  PageOptions,
  Profile,
  ProfileQuery,
  SourceQuery,
  TagFilter,
  Tags,
} from "@sluice/tams";
import type { TimeRange } from "@sluice/time";
import type { FlowProperties, TextProperty } from "../port/flow-properties.ts";
import type { Actor, FlowStore } from "../port/flow-store.ts";
import type { StoreCapabilities } from "../port/store-capabilities.ts";
import type { OpenState } from "./open-state.ts";
import { limitPage } from "./page-limit.ts";
import type { StoreParts } from "./store-parts.ts";

/** What a `FlowStore` gives by one of its methods. */
export type Answer<K extends keyof FlowStore> = FlowStore[K] extends (
  ...parameters: never[]
) => infer T
  ? T
  : never;

/** The part of a flow store that is about what there is: service, profiles, sources, flows. */
export abstract class CatalogueStore {
  readonly capabilities: StoreCapabilities = { atomicSegments: true };
  protected readonly parts: StoreParts;
  protected readonly open: OpenState;

  /**
   * @param parts Its rules.
   * @param open Whether it is open.
   */
  constructor(parts: StoreParts, open: OpenState) {
    this.parts = parts;
    this.open = open;
  }

  getService(): Answer<"getService"> {
    return this.open.run(() => this.parts.service.get());
  }

  updateService(change: {
    readonly name?: string;
    readonly description?: string;
  }): Promise<void> {
    return this.open.run(() => this.parts.service.update(change));
  }

  listStorageBackends(
    query: TagFilter & { readonly reverseOrder?: boolean } = {},
    page?: PageOptions,
  ): Answer<"listStorageBackends"> {
    return this.list(page, (limited) =>
      this.parts.setup.backends.list(query, limited),
    );
  }

  listProfiles(
    query: ProfileQuery = {},
    page?: PageOptions,
  ): Answer<"listProfiles"> {
    return this.list(page, (limited) =>
      this.parts.profiles.list(query, limited),
    );
  }

  getProfile(id: string): Promise<Profile> {
    return this.open.run(() => this.parts.profiles.get(id));
  }

  createProfile(profile: Profile, options?: Actor): Promise<Profile> {
    return this.open.run(() => this.parts.profiles.create(profile, options));
  }

  listSources(
    query: SourceQuery = {},
    page?: PageOptions,
  ): Answer<"listSources"> {
    return this.list(page, (limited) =>
      this.parts.sources.list(query, limited),
    );
  }

  getSource(id: string): Answer<"getSource"> {
    return this.open.run(() => this.parts.sources.get(id));
  }

  setSourceText(
    id: string,
    name: TextProperty,
    value: string | undefined,
    options?: Actor,
  ): Promise<void> {
    return this.open.run(() =>
      this.parts.sources.setText(id, { name, value }, options),
    );
  }

  setSourceTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options?: Actor,
  ): Promise<void> {
    return this.open.run(() =>
      this.parts.sources.setTag(id, { name, value }, options),
    );
  }

  listFlows(query: FlowQuery = {}, page?: PageOptions): Answer<"listFlows"> {
    return this.list(page, (limited) => this.parts.flows.list(query, limited));
  }

  getFlow(
    id: string,
    options: { readonly timerange?: TimeRange | true } = {},
  ): Answer<"getFlow"> {
    return this.open.run(() => this.parts.flows.get(id, options.timerange));
  }

  putFlow(flow: FlowPut, options?: Actor): Answer<"putFlow"> {
    return this.open.run(() => this.parts.flows.put(flow, options));
  }

  setFlowProperty<K extends keyof FlowProperties>(
    id: string,
    name: K,
    value: FlowProperties[K] | undefined,
    options?: Actor,
  ): Promise<void> {
    return this.open.run(() =>
      this.parts.flows.setProperty(id, { name, value }, options),
    );
  }

  setFlowTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options?: Actor,
  ): Promise<void> {
    return this.open.run(() =>
      this.parts.flows.setTag(id, { name, value }, options),
    );
  }

  deleteFlow(id: string, options?: Actor): Answer<"deleteFlow"> {
    return this.open.run(() => this.parts.deletions.deleteFlow(id, options));
  }

  /** Lists a page, while the store is open. */
  protected list<T>(
    page: PageOptions | undefined,
    list: (page: PageOptions & { readonly limit: number }) => Promise<T> | T,
  ): Promise<T> {
    return this.open.run(() => list(limitPage(page, this.parts.setup.limits)));
  }
}
