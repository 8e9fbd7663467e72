/** A promise that the test settles, when it likes. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes a promise with its resolvers, which Node 20 does not. */
export function createDeferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = unreachable;
  let reject: (error: unknown) => void = unreachable;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

function unreachable(): never {
  throw new Error("A promise calls its executor at once");
}
