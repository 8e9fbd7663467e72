/**
 * Gives what a promise rejects with.
 *
 * @param promise It has to reject.
 */
export async function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not reject");
}
