import type { EventRecord } from "../../port/webhook-index.ts";
import { compareKeys, OrderedMap } from "./ordered-map.ts";
import { keep } from "./kept.ts";

type EventKey = readonly [webhookId: string, sequence: bigint];

/** What subscribers are to be told, in order. */
export class EventTable {
  readonly #events: OrderedMap<EventKey, EventRecord>;

  /** @param original What this is a copy of. */
  constructor(original?: EventTable) {
    this.#events = original
      ? original.#events.copy()
      : new OrderedMap<EventKey, EventRecord>(compareKeys);
  }

  /** Makes a copy, which changes by itself. */
  copy(): EventTable {
    return new EventTable(this);
  }

  /** Keeps an event behind all others of its subscription; tells how many these are. */
  append(event: Omit<EventRecord, "sequence">): number {
    const { webhookId } = event;
    const [first] = this.of(webhookId);
    // Before the subscription that comes next are the last of this one.
    const last = this.#events.floor([webhookId, 2n ** 63n]);
    const before = last?.webhookId === webhookId ? last.sequence : 0n;
    const sequence = before + 1n;
    this.#events.set([webhookId, sequence], keep({ ...event, sequence }));
    return Number(sequence - (first?.sequence ?? sequence)) + 1;
  }

  remove(webhookId: string, sequence: bigint): void {
    this.#events.delete([webhookId, sequence]);
  }

  removeAll(webhookId: string): void {
    for (const { sequence } of [...this.of(webhookId)]) {
      this.remove(webhookId, sequence);
    }
  }

  /** All of a subscription, the earliest first. */
  *of(webhookId: string): Iterable<EventRecord> {
    for (const [[id], event] of this.#events.from([webhookId, 0n])) {
      if (id !== webhookId) return;
      yield event;
    }
  }
}
