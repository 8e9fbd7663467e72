/** Gives a wrapper the name, the length and the own properties of what it wraps. */
export function wrapFunction<W extends object>(wrapper: W, wrapped: object): W {
  for (const key of Reflect.ownKeys(wrapped)) {
    const property = Object.getOwnPropertyDescriptor(wrapped, key);
    // A class or a generator function has a prototype of its own, which the wrapper is not.
    if (property !== undefined && key !== "prototype") {
      Object.defineProperty(wrapper, key, { ...property, configurable: true });
    }
  }
  return wrapper;
}
