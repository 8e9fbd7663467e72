import {
  ResponseError,
  type DeletionRequest,
  type Flow,
  type FlowPut,
  type FlowQuery,
  type PageOptions,
  type Profile,
  type ProfileQuery,
  type Service,
  type Source,
  type SourceQuery,
  type StorageBackend,
  type TaggedQuery,
  type Tags,
} from "@sluice/tams";
import { FlowNotFoundError } from "../../error/flow-not-found-error.ts";
import { InvalidRequestError } from "../../error/invalid-request-error.ts";
import { ProfileNotFoundError } from "../../error/profile-not-found-error.ts";
import type { Page } from "../../model/page.ts";
import type {
  FlowProperties,
  TextProperty,
} from "../../port/flow-properties.ts";
import type { FlowStore } from "../../port/flow-store.ts";
import { isUnnamable, toPage, type RemoteCalls } from "./remote-calls.ts";

/** The part of a remote store that is about what there is: service, profiles, sources, flows. */
export abstract class RemoteCatalogue {
  protected readonly calls: RemoteCalls;

  /** @param calls Calls of the service. */
  constructor(calls: RemoteCalls) {
    this.calls = calls;
  }

  getService(): Promise<Service> {
    const { client, service } = this.calls;
    return this.calls.run(service, (signal) => client.service.get({ signal }));
  }

  updateService(change: {
    readonly name?: string;
    readonly description?: string;
  }): Promise<void> {
    const { client, service } = this.calls;
    return this.calls.run(service, (signal) =>
      client.service.update(change, { signal }),
    );
  }

  listStorageBackends(
    query: TaggedQuery = {},
    page?: PageOptions,
  ): Promise<Page<StorageBackend>> {
    const { client, service } = this.calls;
    return this.calls.run(service, async (signal) =>
      toPage(
        await client.service.pageStorageBackends(query, page, { signal }),
        page,
      ),
    );
  }

  listProfiles(
    query: ProfileQuery = {},
    page?: PageOptions,
  ): Promise<Page<Profile>> {
    const { client, service } = this.calls;
    return this.calls.run(service, async (signal) =>
      toPage(await client.service.pageProfiles(query, page, { signal }), page),
    );
  }

  getProfile(id: string): Promise<Profile> {
    const { client } = this.calls;
    return this.calls.run({ kind: "profile", id }, (signal) =>
      client.service.getProfile(id, { signal }),
    );
  }

  async createProfile(profile: Profile): Promise<Profile> {
    const { client } = this.calls;
    const { id } = profile;
    const making = this.calls.run({ kind: "profile", id }, (signal) =>
      client.service.createProfile(profile, { signal }),
    );
    return refuseId(making, id, ProfileNotFoundError);
  }

  listSources(
    query: SourceQuery = {},
    page?: PageOptions,
  ): Promise<Page<Source>> {
    const { client, service } = this.calls;
    return this.calls.run(service, async (signal) =>
      toPage(await client.sources.page(query, page, { signal }), page),
    );
  }

  getSource(id: string): Promise<Source> {
    const { client } = this.calls;
    return this.calls.run({ kind: "source", id }, (signal) =>
      client.sources.get(id, { signal }),
    );
  }

  setSourceText(
    id: string,
    name: TextProperty,
    value: string | undefined,
  ): Promise<void> {
    return this.#changeSource(id, value, (signal) =>
      this.calls.client.sources.setText(id, name, value, { signal }),
    );
  }

  setSourceTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
  ): Promise<void> {
    return this.#changeSource(id, value, (signal) => {
      checkTagName(name);
      return this.calls.client.sources.setTag(id, name, value, { signal });
    });
  }

  listFlows(query: FlowQuery = {}, page?: PageOptions): Promise<Page<Flow>> {
    const { client, service } = this.calls;
    return this.calls.run(service, async (signal) =>
      toPage(await client.flows.page(query, page, { signal }), page),
    );
  }

  getFlow(
    id: string,
    options: Parameters<FlowStore["getFlow"]>[1] = {},
  ): Promise<Flow> {
    const { client } = this.calls;
    return this.calls.run({ kind: "flow", id }, (signal) =>
      client.flows.get(id, { ...options, signal }),
    );
  }

  putFlow(
    flow: FlowPut,
  ): Promise<{ readonly flow: Flow; readonly isNew: boolean }> {
    const { flows } = this.calls.client;
    const { id } = flow;
    const putting = this.calls.change(id, async (signal) => {
      const made = await flows.put(flow, { signal });
      if (made !== undefined) return { flow: made, isNew: true };
      return { flow: await flows.get(id, { signal }), isNew: false };
    });
    return refuseId(putting, id, FlowNotFoundError);
  }

  setFlowProperty<K extends keyof FlowProperties>(
    id: string,
    name: K,
    value: FlowProperties[K] | undefined,
  ): Promise<void> {
    // TAMS has no way to take this one away, and without it a flow can be changed.
    const wanted = name === "read_only" ? (value ?? false) : value;
    return this.#changeFlow(id, wanted, (signal) =>
      this.calls.client.flows.setProperty(id, name, wanted, { signal }),
    );
  }

  setFlowTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
  ): Promise<void> {
    return this.#changeFlow(id, value, (signal) => {
      checkTagName(name);
      return this.calls.client.flows.setTag(id, name, value, { signal });
    });
  }

  deleteFlow(id: string): Promise<DeletionRequest | undefined> {
    const { client } = this.calls;
    return this.calls.change(id, async (signal) => {
      try {
        return await client.flows.delete(id, { signal });
      } catch (error) {
        if (!isGoneMeanwhile(error)) throw error;
        return undefined;
      }
    });
  }

  #changeFlow(
    id: string,
    value: unknown,
    change: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { client } = this.calls;
    return this.calls.change(id, (signal) =>
      value === undefined
        ? this.calls.takeAway(
            () => change(signal),
            () => client.flows.get(id, { signal }),
          )
        : change(signal),
    );
  }

  #changeSource(
    id: string,
    value: unknown,
    change: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const { client } = this.calls;
    return this.calls.run({ kind: "source", id }, (signal) =>
      value === undefined
        ? this.calls.takeAway(
            () => change(signal),
            () => client.sources.get(id, { signal }),
          )
        : change(signal),
    );
  }
}

/** Whether an attempt before has removed what is not found now, and only its answer was lost. */
function isGoneMeanwhile(error: unknown): boolean {
  return (
    error instanceof ResponseError && error.status === 404 && error.attempts > 1
  );
}

/** What is made is not looked for: where a service does not find it, its id is none. */
async function refuseId<T>(
  making: Promise<T>,
  id: string,
  notFound: typeof FlowNotFoundError | typeof ProfileNotFoundError,
): Promise<T> {
  try {
    return await making;
  } catch (error) {
    if (!(error instanceof notFound)) throw error;
    throw new InvalidRequestError(
      `Cannot make '${id}': the service takes no such id; make a UUID in small letters`,
      { cause: error },
    );
  }
}

/** @throws {InvalidRequestError} If no URL can hold it. */
function checkTagName(name: string): void {
  if (!isUnnamable(name)) return;
  throw new InvalidRequestError(
    `Cannot set the tag '${name}' of a remote store: no URL can hold its name`,
  );
}
