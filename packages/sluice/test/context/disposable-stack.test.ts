import { describe, it } from "vitest";
import { AsyncExitStack } from "sluice";
import { disposableStackLaws } from "./disposable-stack-laws.ts";

describe("AsyncExitStack as TC39's AsyncDisposableStack", () => {
  for (const { title, check } of disposableStackLaws(
    () => new AsyncExitStack(),
  )) {
    it(title, check);
  }
});
