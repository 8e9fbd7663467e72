/** The type of what a source gives; of a promise that a synchronous one gives, its value. */
export type ItemOf<S> =
  S extends AsyncIterable<infer T>
    ? T
    : S extends Iterable<infer T>
      ? Awaited<T>
      : never;
