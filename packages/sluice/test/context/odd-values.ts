import { CancelledError, StopAsyncIteration } from "sluice";

/** Something that may be thrown although few expect it. */
export interface OddValue {
  readonly name: string;
  readonly make: () => unknown;
  /** Whether even `instanceof` fails on it. */
  readonly opaque?: true;
}

/** What a program may throw besides an ordinary error; each is made anew. */
export const oddValues: readonly OddValue[] = [
  { name: "undefined", make: () => undefined },
  { name: "null", make: () => null },
  { name: "NaN", make: () => NaN },
  { name: "zero", make: () => 0 },
  { name: "an empty string", make: () => "" },
  { name: "false", make: () => false },
  { name: "true", make: () => true },
  { name: "a bigint", make: () => 1n },
  { name: "a symbol", make: () => Symbol("odd") },
  { name: "a frozen error", make: () => Object.freeze(new Error("frozen")) },
  {
    name: "an object without prototype",
    make: () => Object.create(null) as object,
  },
  { name: "an iterator result", make: () => ({ done: true, value: 1 }) },
  { name: "a StopAsyncIteration", make: () => new StopAsyncIteration() },
  { name: "a cancellation", make: () => new CancelledError("Stopped") },
  { name: "a thenable", make: () => ({ then: () => undefined }) },
  { name: "a settled promise", make: () => Promise.resolve(1) },
  { name: "a function", make: () => () => undefined },
  { name: "a class", make: () => Error },
  { name: "an error with throwing getters", make: createBarbedError },
  {
    name: "a proxy whose every trap throws",
    make: createHostileProxy,
    opaque: true,
  },
  { name: "a revoked proxy", make: createRevokedProxy, opaque: true },
];

function createBarbedError(): Error {
  const error = new Error("barbed");
  for (const name of ["stack", "message", "name", "cause", "then"]) {
    Object.defineProperty(error, name, {
      get() {
        throw new Error(`The getter of '${name}' was called`);
      },
    });
  }
  return error;
}

/** Makes an error that cannot be looked at: any operation on it throws. */
export function createHostileProxy(): object {
  const handler = new Proxy(
    {},
    {
      get(_target, trap) {
        throw new Error(`The trap '${String(trap)}' was sprung`);
      },
    },
  );
  return new Proxy(new Error("hidden"), handler);
}

function createRevokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable(new Error("gone"), {});
  revoke();
  return proxy;
}
