import type {
  DeletionRequest,
  Flow,
  FlowOrder,
  Profile,
  Source,
  SourceOrder,
  StorageBackend,
} from "@sluice/tams";
import type { WebhookRecord } from "../../port/webhook-index.ts";
import { toSortableTime } from "./sortable-time.ts";

/**
 * How a listing is ordered: by a text that each item has, in the order of code points, and
 * by id where that is the same.
 *
 * Source: TAMS 8.2, `sort_by`: times newest first, labels from A to Z; what has none of it
 * comes last, by id; `reverse_order` turns it all around.
 */
export interface ListingOrder<T> {
  /** Its name, as in `sort_by`. */
  readonly name: string;
  /** Whether higher texts come first; ids do not. */
  readonly isDescending: boolean;
  /** Gives an item's text, which no item is without. */
  readonly keyOf: (item: T) => string;
}

/** Where an item is in a listing. */
export interface ListingPlace {
  /** Its text. */
  readonly key: string;
  /** Its id. */
  readonly id: string;
}

/** The orders of sources. */
export const sourceOrders: Readonly<Record<SourceOrder, ListingOrder<Source>>> =
  {
    created: byTime("created", ({ created }) => created),
    updated: byTime("updated", ({ updated }) => updated),
    label: byLabel(),
  };

/** The orders of flows. */
export const flowOrders: Readonly<Record<FlowOrder, ListingOrder<Flow>>> = {
  created: byTime("created", ({ created }) => created),
  metadata_updated: byTime("metadata_updated", (flow) => flow.metadata_updated),
  label: byLabel(),
};

/** The order of profiles: TAMS names none. */
export const profileOrder: ListingOrder<Profile> = byLabel();

/** The orders of deletion requests. */
export const deletionOrders: Readonly<
  Record<"created" | "expiry", ListingOrder<DeletionRequest>>
> = {
  created: byTime("created", ({ created }) => created),
  expiry: byTime("expiry", ({ expiry }) => expiry),
};

/** The order of storage backends. */
export const backendOrder: ListingOrder<StorageBackend> = byLabel();

/** The order of subscriptions: by URL. */
export const webhookOrder: ListingOrder<WebhookRecord> = {
  name: "url",
  isDescending: false,
  keyOf: ({ webhook }) => webhook.url,
};

/** The digit before a text puts what has none behind all that have. */
function byTime<T>(
  name: string,
  get: (item: T) => string | undefined,
): ListingOrder<T> {
  return {
    name,
    isDescending: true,
    keyOf: (item) => {
      const time = toSortableTime(get(item) ?? "");
      return time === undefined ? "0" : `1${time}`;
    },
  };
}

function byLabel<
  T extends { readonly label?: string | undefined },
>(): ListingOrder<T> {
  return {
    name: "label",
    isDescending: false,
    keyOf: ({ label }) => (label === undefined ? "1" : `0${label}`),
  };
}
