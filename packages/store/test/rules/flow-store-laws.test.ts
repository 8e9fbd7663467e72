import { describe, it } from "vitest";
import { flowStoreLaws } from "../../src/contract/flow-store-laws.ts";
import { openFileStore, openMemoryStore } from "./open-store.ts";

describe("createFlowStore()", () => {
  describe("over an index and buckets in memory", () => {
    for (const { title, check } of flowStoreLaws(() => openMemoryStore())) {
      it(title, check);
    }
  });

  describe("over SQLite and files", () => {
    for (const { title, check } of flowStoreLaws(() => openFileStore())) {
      it(title, check);
    }
  });
});
