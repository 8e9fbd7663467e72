import { parseDocument } from "../wire/parse-document.ts";
import { tagsSchema, type Tags } from "../wire/tags.ts";
import type { CallOptions } from "./page.ts";
import type { Transport } from "./transport.ts";

/** Calls on single properties of sources, or of flows. */
export class PropertyCalls {
  readonly #transport: Transport;
  readonly #resource: string;

  /**
   * @param transport What makes requests.
   * @param resource The first part of the path: `flows` or `sources`.
   */
  constructor(transport: Transport, resource: string) {
    this.#transport = transport;
    this.#resource = resource;
  }

  /** Sets a property, or takes it away. */
  async set(
    id: string,
    name: string,
    value: unknown,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#put([this.#resource, id, name], value, options);
  }

  /** Reads all tags. */
  async getTags(id: string, options: CallOptions = {}): Promise<Tags> {
    const path = [this.#resource, id, "tags"];
    const call = { method: "GET", path, ...options } as const;
    const { json } = await this.#transport.requestJson(call);
    return parseDocument(tagsSchema, json, "tags");
  }

  /** Sets a tag, or takes it away. */
  async setTag(
    id: string,
    name: string,
    value: Tags[string] | undefined,
    options: CallOptions = {},
  ): Promise<void> {
    await this.#put([this.#resource, id, "tags", name], value, options);
  }

  async #put(
    path: readonly string[],
    value: unknown,
    options: CallOptions,
  ): Promise<void> {
    const call =
      value === undefined
        ? ({ method: "DELETE", path } as const)
        : ({ method: "PUT", path, json: value } as const);
    await this.#transport.requestNothing({ ...call, ...options });
  }
}
