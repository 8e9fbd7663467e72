/**
 * The type of `N` values of one type: a tuple, where the number is written out, and an array
 * where it is found when the program runs, or is more than 16.
 */
export type Copies<
  V,
  N extends number,
  Found extends V[] = [],
> = number extends N
  ? V[]
  : Found["length"] extends 17
    ? V[]
    : N extends Found["length"]
      ? Found
      : Copies<V, N, [...Found, V]>;
