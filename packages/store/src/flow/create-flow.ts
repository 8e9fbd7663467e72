import type { Flow, FlowPut } from "@sluice/tams";
import type { AsyncExitStack } from "sluice";
import type { FlowStore } from "../port/flow-store.ts";

/**
 * Makes a flow that is gone again if what is done with it fails; one that was there stays.
 *
 * @param store Where.
 * @param stack Whose end tells how it went.
 * @param flow What is made.
 */
export async function createFlow(
  store: FlowStore,
  stack: AsyncExitStack,
  flow: FlowPut,
): Promise<Flow> {
  const made = await store.putFlow(flow);
  if (made.isNew) {
    stack.push(async ({ status }) => {
      if (status !== "ok") await removeFlow(store, made.flow.id);
    });
  }
  return made.flow;
}

/** Removes a flow, and waits until it is done. */
export async function removeFlow(store: FlowStore, id: string): Promise<void> {
  const request = await store.deleteFlow(id);
  if (request !== undefined) await store.waitForDeletion(request.id);
}
