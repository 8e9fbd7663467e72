/**
 * Gives what a function throws.
 *
 * @param act It has to throw.
 */
export function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("It did not throw");
}
