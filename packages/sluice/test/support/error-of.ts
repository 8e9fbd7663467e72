/** Gives what a promise rejects with; handled from now on, to be looked at later. */
export function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(
    () => "It did not reject",
    (error: unknown) => error,
  );
}
