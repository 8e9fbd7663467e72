import type { Stream } from "sluice";
import { z } from "zod";
import type { PageOptions } from "../query/paging.ts";
import {
  profileQueryFormat,
  type ProfileQuery,
} from "../query/profile-query.ts";
import { taggedQueryFormat, type TaggedQuery } from "../query/tagged-query.ts";
import { parseDocument } from "../wire/parse-document.ts";
import { profileSchema, type Profile } from "../wire/profile.ts";
import {
  serviceSchema,
  type Service,
  type ServicePost,
} from "../wire/service.ts";
import {
  storageBackendSchema,
  type StorageBackend,
} from "../wire/storage-backend.ts";
import {
  requestPage,
  streamPages,
  type CallOptions,
  type ListedPage,
} from "./page.ts";
import type { Transport } from "./transport.ts";

const backends = {
  schema: z.array(storageBackendSchema),
  name: "storage backends",
};
const profiles = { schema: z.array(profileSchema), name: "profiles" };

/** Calls on the service itself. */
export class ServiceCalls {
  readonly #transport: Transport;

  /** @param transport What makes requests. */
  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Reads what the service says of itself. */
  async get(options: CallOptions = {}): Promise<Service> {
    const call = { method: "GET", path: ["service"], ...options } as const;
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(serviceSchema, json, "service");
  }

  /** Changes what is named, and keeps the rest. */
  async update(change: ServicePost, options: CallOptions = {}): Promise<void> {
    await this.#transport.requestNothing({
      method: "POST",
      path: ["service"],
      json: change,
      ...options,
    });
  }

  /** Lists storage backends. */
  listStorageBackends(
    query: TaggedQuery = {},
    options?: CallOptions,
  ): Stream<StorageBackend> {
    return streamPages(
      (page, each) => this.pageStorageBackends(query, page, each),
      options,
    );
  }

  /** Reads one page of the storage backends. */
  pageStorageBackends(
    query: TaggedQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<StorageBackend>> {
    const search = taggedQueryFormat.format(query);
    const call = { path: ["service", "storage-backends"], search, ...options };
    return requestPage(this.#transport, call, backends, page);
  }

  /** Lists profiles. */
  listProfiles(
    query: ProfileQuery = {},
    options?: CallOptions,
  ): Stream<Profile> {
    return streamPages(
      (page, each) => this.pageProfiles(query, page, each),
      options,
    );
  }

  /** Reads one page of the profiles. */
  pageProfiles(
    query: ProfileQuery = {},
    page: PageOptions = {},
    options: CallOptions = {},
  ): Promise<ListedPage<Profile>> {
    const search = profileQueryFormat.format(query);
    const call = { path: ["service", "profiles"], search, ...options };
    return requestPage(this.#transport, call, profiles, page);
  }

  /** Reads a profile. */
  async getProfile(id: string, options: CallOptions = {}): Promise<Profile> {
    const path = ["service", "profiles", id];
    const call = { method: "GET", path, ...options } as const;
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(profileSchema, json, "profile");
  }

  /** Makes a profile, which never changes. */
  async createProfile(
    profile: Profile,
    options: CallOptions = {},
  ): Promise<Profile> {
    const { json } = await this.#transport.requestJson({
      method: "POST",
      path: ["service", "profiles", profile.id],
      json: profile,
      ...options,
    });
    return parseDocument(profileSchema, json, "profile");
  }
}
