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
      // Each write waits for the disk.
      it(title, check, 60_000);
    }
  });
});
