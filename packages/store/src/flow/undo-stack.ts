import {
  asyncContextManager,
  AsyncExitStack,
  type AsyncContextManager,
} from "sluice";

/**
 * Makes a manager of a stack whose exits are told how the block went, each also of what
 * failed in those before it: what was done is undone by an exit that is told of a failure.
 */
export const undoStack: () => AsyncContextManager<AsyncExitStack, false> =
  asyncContextManager(
    async function* () {
      const stack = new AsyncExitStack();
      try {
        yield stack;
      } catch (error) {
        await stack.raise(error);
        throw error;
      }
      await stack.aclose();
    },
    { suppresses: false },
  );
