import type { EventOutbox } from "../port/event-outbox.ts";
import type { Abortable, FlowStore } from "../port/flow-store.ts";

/** A flow store that this process looks after. */
export interface LocalFlowStore extends FlowStore {
  /** What subscribers are yet to be told. */
  readonly events: EventOutbox;
  /**
   * Removes, now, the bytes that nothing refers to: of objects that were removed, that were
   * not registered in time, and that the index does not know. It is done in the background
   * as well.
   */
  sweep(options?: Abortable): Promise<void>;
}
