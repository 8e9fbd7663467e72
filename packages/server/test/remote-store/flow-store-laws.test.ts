import { flowStoreLaws } from "@sluice/store/contract";
import { describe, it } from "vitest";
import { openServedStore } from "./remote-store.ts";

describe("a remote store, over HTTP, of a store that is served", () => {
  for (const { title, check } of flowStoreLaws(() => openServedStore())) {
    // The model makes hundreds of calls, each by a request of its own.
    it(title, check, 60_000);
  }
});
