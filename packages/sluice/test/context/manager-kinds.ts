import {
  asyncContextManager,
  asyncEnter,
  asyncExit,
  asyncWith,
  contextManager,
  enter,
  exit,
  syncWith,
  type GeneratorManagerOptions,
  type Outcome,
} from "sluice";

/** A manager made of a generator, with the block that the kind is about. */
interface Managed<T> {
  readonly run: <R>(body: (value: T) => R) => Promise<R | undefined>;
  readonly enter: () => Promise<T>;
  readonly exit: (outcome: Outcome) => Promise<boolean>;
}

/** One way to make a manager out of a generator and to put it around a block. */
export interface ManagerKind {
  readonly title: string;
  readonly define: <T, A extends unknown[]>(
    create: (...args: A) => Generator<T, void, void>,
    options?: GeneratorManagerOptions,
  ) => (...args: A) => Managed<T>;
}

/** The ways that share the rules: an async one, and the two of a sync generator. */
export const managerKinds: readonly ManagerKind[] = [
  {
    title: "asyncContextManager() in asyncWith()",
    define: (create, options) => {
      const open = asyncContextManager(async function* (
        ...args: Parameters<typeof create>
      ) {
        yield* create(...args);
      }, options);
      return (...args) => {
        const manager = open(...args);
        return {
          run: (body) => asyncWith(manager, body),
          enter: async () => manager[asyncEnter](),
          exit: async (outcome) => manager[asyncExit](outcome),
        };
      };
    },
  },
  {
    title: "contextManager() in syncWith()",
    define: (create, options) => {
      const open = contextManager(create, options);
      return (...args) => {
        const manager = open(...args);
        return {
          run: async (body) => syncWith(manager, body),
          enter: async () => manager[enter](),
          exit: async (outcome) => manager[exit](outcome),
        };
      };
    },
  },
  {
    title: "contextManager() in asyncWith()",
    define: (create, options) => {
      const open = contextManager(create, options);
      return (...args) => {
        const manager = open(...args);
        return {
          run: (body) => asyncWith(manager, body),
          enter: async () => manager[asyncEnter](),
          exit: async (outcome) => manager[asyncExit](outcome),
        };
      };
    },
  },
];
