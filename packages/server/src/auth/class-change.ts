import type { Actor, FlowStore } from "@sluice/store";
import type { Tags } from "@sluice/tams";
import { ForbiddenError } from "../error/forbidden-error.ts";
import { findFlow, findSource } from "./access-check.ts";
import {
  classesTag,
  readClasses,
  type CallerRights,
  type Classified,
} from "./caller-rights.ts";

/** What becomes of a thing's classes. */
export interface ClassChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Finds how a thing's classes are to change, and checks that the caller may do that: they
 * need, on the thing as it is, each right that a class gives which comes or goes.
 *
 * Source: TAMS 8.2, application note 0016.
 *
 * @throws {ForbiddenError} If they may not, or the thing would be in no class any more.
 */
export function checkClassChange(
  caller: CallerRights,
  before: Classified,
  value: Tags[string] | undefined,
): ClassChange {
  const [old, wanted] = [readClasses(before), [value ?? []].flat()];
  const change = {
    added: wanted.filter((name) => !old.includes(name)),
    removed: old.filter((name) => !wanted.includes(name)),
  };
  const denied = [...change.added, ...change.removed].filter(
    (name) => !caller.hasAllOf(name, before),
  );
  if (denied.length > 0) {
    throw new ForbiddenError(
      `You may not change whether this is in ${denied.join(", ")}: you need each right that a class gives to let others have it, or to take it from them`,
    );
  }
  if (wanted.length === 0 && old.length > 0 && !caller.isAdmin) {
    throw new ForbiddenError(
      "You may not take this out of all auth_classes: nobody could see it any more",
    );
  }
  return change;
}

/**
 * Checks the classes of a new thing.
 *
 * @throws {ForbiddenError} If there are none, or the caller may not write in one of them.
 */
export function checkNewClasses(caller: CallerRights, thing: Classified): void {
  const classes = readClasses(thing);
  if (classes.length === 0 && caller.hasOn("write", [])) return;
  const denied = classes.filter((name) => !caller.hasOn("write", [name]));
  if (classes.length > 0 && denied.length === 0) return;
  throw new ForbiddenError(
    classes.length === 0
      ? "You may not make what is in no class: name by the tag auth_classes in which it is, of those that you may write in"
      : `You may not make what is in ${denied.join(", ")}: you may not write in it`,
  );
}

/** Does to the flows that a flow collects what was done to its own classes. */
export async function passOnToFlows(
  parts: { readonly store: FlowStore; readonly caller: CallerRights },
  ids: readonly string[],
  {
    change,
    options,
  }: { readonly change: ClassChange; readonly options: Actor },
): Promise<void> {
  const open = [...ids];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const flow = await findFlow(parts.store, id);
    if (flow === undefined) continue;
    open.push(...(flow.flow_collection ?? []).map((item) => item.id));
    const classes = apply(parts.caller, flow, change);
    if (classes === undefined || flow.read_only === true) continue;
    await parts.store.setFlowTag(id, classesTag, classes, options);
  }
}

/** Does to the sources that a source collects what was done to its own classes. */
export async function passOnToSources(
  parts: { readonly store: FlowStore; readonly caller: CallerRights },
  ids: readonly string[],
  {
    change,
    options,
  }: { readonly change: ClassChange; readonly options: Actor },
): Promise<void> {
  const open = [...ids];
  const seen = new Set<string>();
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const source = await findSource(parts.store, id);
    if (source === undefined) continue;
    open.push(...(source.source_collection ?? []).map((item) => item.id));
    const classes = apply(parts.caller, source, change);
    if (classes === undefined) continue;
    await parts.store.setSourceTag(id, classesTag, classes, options);
  }
}

/** Gives the classes after a change; nothing, if they stay or the caller may not. */
function apply(
  caller: CallerRights,
  thing: Classified,
  { added, removed }: ClassChange,
): readonly string[] | undefined {
  const old = readClasses(thing);
  const after = [
    ...old.filter((name) => !removed.includes(name)),
    ...added.filter((name) => !old.includes(name)),
  ];
  const isSame =
    after.length === old.length && added.every((name) => old.includes(name));
  const mayChange =
    caller.has("write", thing) &&
    [...added, ...removed].every((name) => caller.hasAllOf(name, thing));
  return isSame || !mayChange || after.length === 0 ? undefined : after;
}
