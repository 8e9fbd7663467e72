import {
  FlowNotFoundError,
  SourceNotFoundError,
  type FlowStore,
} from "@sluice/store";
import type { Flow, Source } from "@sluice/tams";
import { ForbiddenError } from "../error/forbidden-error.ts";
import type { Right } from "./access-rules.ts";
import type { CallerRights, Classified } from "./caller-rights.ts";

/**
 * Checks a right on a thing.
 *
 * Source: TAMS 8.2, application note 0016: who has no right on a thing is told that there is
 * none; who has another right, that they have not this one.
 *
 * @throws What `createNotFound` makes, if they have no right at all.
 * @throws {ForbiddenError} If they have another.
 */
export function checkRight(
  caller: CallerRights,
  right: Right,
  thing: Classified & {
    readonly name: string;
    readonly createNotFound: () => Error;
  },
): void {
  if (caller.has(right, thing)) return;
  if (!caller.hasAny(thing)) throw thing.createNotFound();
  throw new ForbiddenError(
    `You may not ${right} ${thing.name}: none of your groups has that right in its auth_classes`,
  );
}

/** Gives a flow on which the caller has a right. */
export async function getFlowFor(
  store: FlowStore,
  caller: CallerRights,
  { id, right }: { readonly id: string; readonly right: Right },
): Promise<Flow> {
  const flow = await store.getFlow(id);
  checkRight(caller, right, {
    tags: flow.tags,
    name: `flow '${id}'`,
    createNotFound: () => new FlowNotFoundError(id),
  });
  return flow;
}

/** Gives a source on which the caller has a right. */
export async function getSourceFor(
  store: FlowStore,
  caller: CallerRights,
  { id, right }: { readonly id: string; readonly right: Right },
): Promise<Source> {
  const source = await store.getSource(id);
  checkRight(caller, right, {
    tags: source.tags,
    name: `source '${id}'`,
    createNotFound: () => new SourceNotFoundError(id),
  });
  return source;
}

/** Gives a flow if there is one; whether the caller may know of it is not asked. */
export async function findFlow(
  store: FlowStore,
  id: string,
): Promise<Flow | undefined> {
  try {
    return await store.getFlow(id);
  } catch (error) {
    if (error instanceof FlowNotFoundError) return undefined;
    throw error;
  }
}

/** Gives a source if there is one; whether the caller may know of it is not asked. */
export async function findSource(
  store: FlowStore,
  id: string,
): Promise<Source | undefined> {
  try {
    return await store.getSource(id);
  } catch (error) {
    if (error instanceof SourceNotFoundError) return undefined;
    throw error;
  }
}
