import type { DueEvent, FlowStore, WebhookRecord } from "@sluice/store";
import type { Identity } from "../http/identity.ts";
import type { AccessRules } from "./access-rules.ts";
import { CallerRights } from "./caller-rights.ts";
import { RestrictedFlowStore } from "./restricted-flow-store.ts";

/** What a server and a dispatcher are given so that single things are protected. */
export interface AccessControl {
  /** Gives the store as a caller may see and change it: an app's `restrict`. */
  readonly restrict: (
    store: FlowStore,
    identity: Identity | undefined,
  ) => FlowStore;
  /** Tells whether a subscriber may know of an event: a dispatcher's `mayTell`. */
  readonly mayTell: (subscription: WebhookRecord, event: DueEvent) => boolean;
}

/**
 * Protects single flows, sources, webhooks and storage backends by the classes that their
 * tag `auth_classes` names: callers have the rights that their groups have in one of them.
 *
 * Listings show what may be read, in pages as long as they would be without the rest. What
 * one has no right on is not there; what one has another right on is refused. Things in no
 * class are for administrators, but storage backends, which are for all. The scope `admin`
 * has all rights.
 *
 * A right is looked at before the store does what it allows: whoever loses it in between
 * may still be served.
 *
 * Source: TAMS 8.2, ADR 0035 and 0055, application notes 0016 and 0018; our decision 0088.
 *
 * @param rules Which groups have which rights in which class.
 * @returns What an app and a dispatcher are given.
 *
 * @example Who is not in a class does not see what is in it
 * ```ts
 * import { createAccessControl } from "@sluice/server";
 * import { openMemoryStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const { restrict } = createAccessControl({
 *   classes: { news: { read: ["everyone", "news"], write: ["news"] } },
 * });
 *
 * await asyncWith(openMemoryStore(), async (store) => {
 *   const seen = restrict(store, { name: "ada", groups: ["everyone"] });
 *   assert.deepEqual((await seen.listFlows()).items, []);
 * });
 * ```
 */
export function createAccessControl(rules: AccessRules = {}): AccessControl {
  return {
    restrict: (store, identity) =>
      new RestrictedFlowStore(store, new CallerRights(identity, rules)),
    mayTell: ({ owner }, { authClasses }) => {
      if (owner === undefined || owner.readsAll) return true;
      const caller = new CallerRights({ groups: owner.groups }, rules);
      return caller.hasOn("read", authClasses);
    },
  };
}
