import {
  AsyncExitStack,
  asyncExit,
  asyncWith,
  exit,
  ExitStack,
  syncWith,
  type ContextManager,
  type ExitFunction,
  type Outcome,
} from "sluice";

/** An exit stack of either kind, as far as the two are alike. */
interface AnyStack {
  readonly push: (exit: ExitFunction | ContextManager<unknown>) => unknown;
  readonly callback: <A extends unknown[]>(
    callback: (...args: A) => unknown,
    ...args: A
  ) => unknown;
  readonly enter: <T>(manager: ContextManager<T>) => Promise<T>;
  /** Runs a block inside the stack. */
  readonly run: <R>(body: () => R) => Promise<R | undefined>;
  /** Calls the stack's own exit. */
  readonly exit: (outcome: Outcome) => Promise<boolean>;
  readonly close: () => Promise<void>;
  readonly raise: (error: unknown) => Promise<void>;
  readonly popAll: () => AnyStack;
}

/** One of the two stacks. */
export interface StackKind {
  readonly title: string;
  readonly create: () => AnyStack;
}

/** The stacks that share the rules. */
export const stackKinds: readonly StackKind[] = [
  {
    title: "AsyncExitStack",
    create: () => adaptAsync(new AsyncExitStack()),
  },
  {
    title: "ExitStack",
    create: () => adaptSync(new ExitStack()),
  },
];

function adaptAsync(stack: AsyncExitStack): AnyStack {
  return {
    push: (exit) => stack.push(exit),
    callback: (callback, ...args) => stack.callback(callback, ...args),
    enter: (manager) => stack.enter(manager),
    run: (body) => asyncWith(stack, body),
    exit: (outcome) => stack[asyncExit](outcome),
    close: () => stack.aclose(),
    raise: (error) => stack.raise(error),
    popAll: () => adaptAsync(stack.popAll()),
  };
}

function adaptSync(stack: ExitStack): AnyStack {
  return {
    push: (exit) => stack.push(exit),
    callback: (callback, ...args) => stack.callback(callback, ...args),
    enter: async (manager) => stack.enter(manager),
    run: async (body) => syncWith(stack, body),
    exit: async (outcome) => stack[exit](outcome),
    close: async () => stack.close(),
    raise: async (error) => stack.raise(error),
    popAll: () => adaptSync(stack.popAll()),
  };
}
