/** Gives a wrapper the name, the length and all own properties of what it wraps. */
export function wrapFunction<W extends object>(wrapper: W, wrapped: object): W {
  return Object.defineProperties(
    wrapper,
    Object.getOwnPropertyDescriptors(wrapped),
  );
}
