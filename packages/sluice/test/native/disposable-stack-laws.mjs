import { describe, it } from "node:test";
import { AsyncExitStack } from "sluice";
// Whatever has `await using` strips types by itself.
import { disposableStackLaws } from "../context/disposable-stack-laws.ts";

for (const Stack of [AsyncDisposableStack, AsyncExitStack]) {
  describe(Stack.name, () => {
    for (const { title, check } of disposableStackLaws(() => new Stack())) {
      it(title, check);
    }
  });
}
