import type {
  PageOptions,
  TaggedQuery,
  Webhook,
  WebhookCommon,
  WebhookPost,
  WebhookPut,
} from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { WebhookNotFoundError } from "../error/webhook-not-found-error.ts";
import type { IndexTransaction } from "../port/segment-index.ts";
import type { WebhookOwner, WebhookRecord } from "../port/webhook-index.ts";
import { withoutAbsent } from "./absent-properties.ts";
import type { Transactions } from "./transactions.ts";
import type { Page } from "../model/page.ts";

/** Who makes a subscription. */
export interface OwnerOptions {
  readonly owner?: WebhookOwner | undefined;
}

// Source: RFC 9110, 5.6.2 and 5.5.
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
// What the delivery sets itself, or would break it.
const reservedHeaders =
  /^(?:host|connection|upgrade|te|trailer|transfer-encoding|expect|content-.*|proxy-.*)$/i;

/**
 * The rules of subscriptions. Who delivers starts them, and tells when one has failed.
 *
 * Source: TAMS 8.2, `/service/webhooks`, `webhook-get.json` on the states.
 */
export class WebhookRules {
  readonly #transactions: Transactions;
  readonly #checkUrl: (url: URL) => void;
  readonly #onChange: () => void;

  /**
   * @param transactions The door to the index.
   * @param checkUrl Refuses URLs that are never to be called.
   * @param onChange Is called after a change of any subscription.
   */
  constructor(
    transactions: Transactions,
    checkUrl: (url: URL) => void,
    onChange: () => void,
  ) {
    this.#transactions = transactions;
    this.#checkUrl = checkUrl;
    this.#onChange = onChange;
  }

  /** Lists subscriptions. */
  list(
    query: TaggedQuery,
    page: PageOptions & { readonly limit: number },
  ): Promise<Page<Webhook>> {
    return this.#transactions.read(async (index) => {
      const found = await index.webhooks.list(query, page);
      return { ...found, items: found.items.map(({ webhook }) => webhook) };
    });
  }

  /** @throws {WebhookNotFoundError} If there is none. */
  get(id: string): Promise<Webhook> {
    return this.#transactions.read(
      async (index) => (await requireWebhook(index, id)).webhook,
    );
  }

  /** @throws {InvalidRequestError} If it cannot be so. */
  create(post: WebhookPost, { owner }: OwnerOptions): Promise<Webhook> {
    const { status = "created" } = post;
    return this.#put((_, id) => toRecord({ ...post, id, status }, owner));
  }

  /** @throws {WebhookNotFoundError} If there is none. */
  update(put: WebhookPut, { owner }: OwnerOptions): Promise<Webhook> {
    return this.#put(async (index) => {
      const before = await requireWebhook(index, put.id);
      if (before.webhook.status === "error" && put.status === "disabled") {
        throw new InvalidRequestError(
          `Cannot disable webhook '${put.id}': it has failed, and is not sent anything; start it again by the status created, or delete it`,
        );
      }
      // A key stays with its header.
      const kept =
        put.api_key_name === undefined ? undefined : before.apiKeyValue;
      const apiKeyValue = put.api_key_value ?? kept;
      return toRecord(
        { ...put, api_key_value: apiKeyValue },
        owner ?? before.owner,
      );
    });
  }

  /** @throws {WebhookNotFoundError} If there is none. */
  async delete(id: string): Promise<void> {
    await this.#transactions.write(undefined, async ({ index }) => {
      await requireWebhook(index, id);
      await index.webhooks.remove(id);
    });
    this.#onChange();
  }

  async #put(
    make: (
      index: IndexTransaction,
      newId: string,
    ) => WebhookRecord | Promise<WebhookRecord>,
  ): Promise<Webhook> {
    const { webhook } = await this.#transactions.write(
      undefined,
      async ({ index }) => {
        const record = await make(index, crypto.randomUUID());
        checkWebhook(record);
        this.#checkUrl(new URL(record.webhook.url));
        await index.webhooks.put(record);
        return record;
      },
    );
    this.#onChange();
    return webhook;
  }
}

async function requireWebhook(
  index: IndexTransaction,
  id: string,
): Promise<WebhookRecord> {
  const record = await index.webhooks.find(id);
  if (record === undefined) throw new WebhookNotFoundError(id);
  return record;
}

/** Keeps the key apart from what is told. */
function toRecord(
  {
    api_key_value: apiKeyValue,
    ...rest
  }: WebhookCommon &
    Pick<Webhook, "id" | "status"> & {
      readonly api_key_value?: string | undefined;
    },
  owner: WebhookOwner | undefined,
): WebhookRecord {
  const { id, error: _, ...own }: Webhook = rest;
  return { id, webhook: withoutAbsent({ id, ...own }), apiKeyValue, owner };
}

function checkWebhook({ webhook, apiKeyValue }: WebhookRecord): void {
  checkTarget(webhook.url);
  const { api_key_name: keyName } = webhook;
  if (keyName !== undefined || apiKeyValue !== undefined) {
    checkKey(keyName ?? "", apiKeyValue ?? "");
  }
}

function checkTarget(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new InvalidRequestError(
      `Cannot send events to '${url}': it must be an absolute URL of http or https`,
    );
  }
  if (parsed.username === "" && parsed.password === "") return;
  throw new InvalidRequestError(
    "Cannot send events to a URL with a name and a password in it: give a key by api_key_name and api_key_value",
  );
}

function checkKey(name: string, value: string): void {
  if (!headerName.test(name)) {
    throw new InvalidRequestError(
      `Cannot send a key in the header '${name}': give the name of a header as api_key_name`,
    );
  }
  if (reservedHeaders.test(name) || !headerValue.test(value)) {
    throw new InvalidRequestError(
      `Cannot send that key in the header '${name}': take a header of its own, and a key without line breaks`,
    );
  }
}
