import type { GrainIds } from "./container.ts";

/** Makes ids for a track that nobody gave any. */
export function createGrainIds(): GrainIds {
  return {
    sourceId: globalThis.crypto.randomUUID(),
    flowId: globalThis.crypto.randomUUID(),
  };
}
