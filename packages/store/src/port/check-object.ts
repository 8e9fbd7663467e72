/**
 * Checks an object's key.
 *
 * @throws {TypeError} If it is no text, or empty.
 */
export function checkKey(key: unknown): asserts key is string {
  if (typeof key !== "string" || key === "") {
    throw new TypeError(
      `Cannot use ${typeof key === "string" ? "an empty text" : typeof key} as an object's key: it must be a text that is not empty`,
    );
  }
}

/**
 * Checks a piece of what is written.
 *
 * @throws {TypeError} If it is no `Uint8Array`.
 */
export function checkChunk(
  key: string,
  chunk: unknown,
): asserts chunk is Uint8Array {
  if (!(chunk instanceof Uint8Array)) {
    throw new TypeError(
      `Cannot write object '${key}': its bytes must come as Uint8Array, and not as ${typeof chunk}`,
    );
  }
}
