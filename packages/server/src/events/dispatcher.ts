import type {
  DueEvent,
  EventOutbox,
  LocalFlowStore,
  WebhookRecord,
} from "@sluice/store";
import {
  asyncContextManager,
  asyncWith,
  Semaphore,
  sleep,
  TaskGroup,
  type AsyncContextManager,
} from "sluice";
import { DeliveryError } from "../error/delivery-error.ts";
import { toBase } from "../http/base-url.ts";
import { AddressGuard } from "./address-guard.ts";
import { formatEvent } from "./event-body.ts";
import { EventSender } from "./event-sender.ts";

/** How events are delivered. */
export interface DispatcherOptions {
  /** Where the API begins, as subscribers see it: what URLs of its own bytes begin with. */
  readonly publicUrl: string | URL;
  /** Where events may be sent to; to no private network by default. */
  readonly guard?: AddressGuard | undefined;
  /** Whether a subscriber may know of an event, asked when it is sent; they may by default. */
  readonly mayTell?:
    ((subscription: WebhookRecord, event: DueEvent) => boolean) | undefined;
  /**
   * How long is waited after each attempt that failed, in milliseconds; 1 s, 5 s, 30 s, 2 min
   * and 10 min by default. When the last has failed, the subscription is stopped.
   */
  readonly retryDelaysMs?: readonly number[] | undefined;
  /** How long a subscriber may take to answer, in milliseconds; 10 s by default. */
  readonly timeoutMs?: number | undefined;
  /** How many subscribers are told at once, others wait for one of these; 32 by default. */
  readonly concurrency?: number | undefined;
}

const defaultDelaysMs = [1_000, 5_000, 30_000, 120_000, 600_000];
const batchSize = 50;

/**
 * Tells subscribers of the changes of a store, for a block.
 *
 * Each subscriber is told everything at least once, in the order in which it happened, one
 * event after the other; up to `concurrency` are told at once. What one could not be told when the block
 * ends, or the process, is told when it begins again. A subscriber that takes an event
 * answers with a 2xx; one that answers otherwise, or not, is asked again after a while, and
 * then stopped, with the status `error`. 410 stops it at once.
 *
 * Holds up to 50 events a subscriber. One block at a time delivers the events of a store.
 *
 * Source: TAMS 8.2, `webhooks`; our decisions 0089 and 0090.
 *
 * @param store The store, which is open for longer than the block.
 * @param options Where to, and how often it is tried.
 * @returns The manager. Leaving gives up what is being sent; if the store failed meanwhile,
 * it throws that.
 * @throws {TypeError} If the public URL is none; at once.
 * @throws {RangeError} If `concurrency` is no whole number of at least 1; at once.
 *
 * @example Deliver while a store is served
 * ```ts
 * import { openDispatcher } from "@sluice/server";
 * import { openMemoryStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 *
 * await asyncWith(openMemoryStore({ webhooks: {} }), (store) =>
 *   asyncWith(
 *     openDispatcher(store, { publicUrl: "https://tams.example/" }),
 *     async () => {
 *       // Serve the store here.
 *     },
 *   ),
 * );
 * ```
 */
export function openDispatcher(
  store: Pick<LocalFlowStore, "events">,
  options: DispatcherOptions,
): AsyncContextManager<void, false> {
  const { guard = new AddressGuard(), timeoutMs = 10_000 } = options;
  const permits = new Semaphore(options.concurrency ?? 32);
  return open(store.events, {
    ...options,
    base: toBase(options.publicUrl),
    permits,
    createSender: () => new EventSender(guard, timeoutMs),
  });
}

interface DispatcherSetup extends DispatcherOptions {
  readonly base: URL;
  readonly permits: Semaphore;
  readonly createSender: () => EventSender;
}

const open = asyncContextManager(
  async function* (
    outbox: EventOutbox,
    setup: DispatcherSetup,
  ): AsyncGenerator<void, void, void> {
    const sender = setup.createSender();
    try {
      await using group = TaskGroup.open();
      const dispatcher = new Dispatcher(outbox, { setup, sender, group });
      group.spawn((signal) => dispatcher.run(signal));
      try {
        yield;
      } finally {
        group.cancel();
      }
    } finally {
      sender.close();
    }
  },
  { suppresses: false },
);

class Dispatcher {
  readonly #outbox: EventOutbox;
  readonly #setup: DispatcherSetup;
  readonly #sender: EventSender;
  readonly #group: TaskGroup;
  /** Whose events are being sent. */
  readonly #busy = new Set<string>();
  /** Who may have some that were not seen yet. */
  readonly #waiting = new Set<string>();

  constructor(
    outbox: EventOutbox,
    parts: {
      readonly setup: DispatcherSetup;
      readonly sender: EventSender;
      readonly group: TaskGroup;
    },
  ) {
    this.#outbox = outbox;
    this.#setup = parts.setup;
    this.#sender = parts.sender;
    this.#group = parts.group;
  }

  /** Works until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const { version } = this.#outbox;
      for (const { id } of await this.#outbox.startSubscriptions()) {
        this.#waiting.add(id);
        if (this.#busy.has(id)) continue;
        this.#busy.add(id);
        this.#group.spawn((stop) => this.#serve(id, stop));
      }
      await this.#outbox.waitForNews(version, signal);
    }
  }

  /** Tells one subscriber all that there is. */
  async #serve(id: string, signal: AbortSignal): Promise<void> {
    // Nothing happens between the last look at what waits and the end of being busy.
    while (this.#waiting.delete(id)) {
      while (await this.#tellBatch(id, signal));
    }
    this.#busy.delete(id);
  }

  /** Tells some events; tells whether there may be more. */
  async #tellBatch(id: string, signal: AbortSignal): Promise<boolean> {
    const events = await this.#outbox.listEvents(id, batchSize);
    for (const event of events) {
      signal.throwIfAborted();
      if (!(await this.#tell(id, event, signal))) return false;
      await this.#outbox.acknowledge(id, event.sequence);
    }
    return events.length > 0;
  }

  /** Tells one event, however often it takes; false, if the subscription is at its end. */
  async #tell(
    id: string,
    event: DueEvent,
    signal: AbortSignal,
  ): Promise<boolean> {
    const delays = this.#setup.retryDelaysMs ?? defaultDelaysMs;
    for (let attempt = 0; ; attempt++) {
      const subscription = await this.#outbox.findStarted(id);
      if (subscription === undefined) return false;
      const failure = await this.#attempt(subscription, event, signal);
      if (failure === undefined) return true;
      const delay = failure.isFinal ? undefined : delays[attempt];
      if (delay === undefined) {
        await this.#outbox.fail(id, {
          type: failure.code,
          summary: `${failure.message}; the event, and those behind it, wait for the webhook to be set to created`,
        });
        return false;
      }
      await sleep(delay, signal);
    }
  }

  async #attempt(
    subscription: WebhookRecord,
    event: DueEvent,
    signal: AbortSignal,
  ): Promise<DeliveryError | undefined> {
    const { mayTell, permits, base } = this.#setup;
    if (mayTell?.(subscription, event) === false) return undefined;
    const { webhook, apiKeyValue } = subscription;
    const { api_key_name: keyName } = webhook;
    const hasKey = keyName !== undefined && apiKeyValue !== undefined;
    const message = {
      url: new URL(webhook.url),
      body: formatEvent(event, base),
      headers: hasKey ? { [keyName]: apiKeyValue } : {},
    };
    try {
      await asyncWith(permits, () => this.#sender.send(message, signal));
      return undefined;
    } catch (error) {
      if (error instanceof DeliveryError) return error;
      throw error;
    }
  }
}
