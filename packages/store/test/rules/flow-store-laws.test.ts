import { MemoryIndex } from "@sluice/store";
import { describe, it } from "vitest";
import { flowStoreLaws } from "../../src/contract/flow-store-laws.ts";
import { openMemoryStore } from "./open-store.ts";

describe("createFlowStore()", () => {
  describe("over an index in memory", () => {
    for (const { title, check } of flowStoreLaws(() =>
      openMemoryStore({ index: new MemoryIndex() }),
    )) {
      it(title, check);
    }
  });
});
