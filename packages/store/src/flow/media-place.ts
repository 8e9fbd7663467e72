import type { FlowStore } from "../port/flow-store.ts";
import type { Lifetime } from "./lifetime.ts";
import type { ObjectFormats } from "./object-formats.ts";

/** What work on flows needs: the store, what its objects are, and how long it is open. */
export interface MediaPlace {
  /** The store. */
  readonly store: FlowStore;
  /** The formats of objects that are known. */
  readonly formats: ObjectFormats;
  /** How long the store is open. */
  readonly lifetime: Lifetime;
}
