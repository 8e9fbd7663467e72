import { flowStoreLaws } from "@sluice/store/contract";
import { describe, it } from "vitest";
import { openMemoryStore, openSqliteStore } from "./open-store.ts";

describe("createFlowStore()", () => {
  describe("over an index and buckets in memory", () => {
    for (const { title, check } of flowStoreLaws(() => openMemoryStore())) {
      it(title, check);
    }
  });

  describe("over an index in SQLite", () => {
    for (const { title, check } of flowStoreLaws(() => openSqliteStore())) {
      it(title, check);
    }
  });
});
