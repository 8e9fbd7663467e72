/**
 * Copies a document so that nobody changes what is kept, neither by what was given nor by
 * what is given out.
 *
 * @param document Plain values.
 * @returns A copy that cannot be changed.
 */
export function keep<T>(document: T): T {
  return freeze(structuredClone(document));
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
