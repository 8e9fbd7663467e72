import fc, { type Arbitrary } from "fast-check";
import { join, uint32 } from "./bytes.ts";

/** A change of bytes; a place is a part of the way from the start to the end. */
export type Mutation =
  | { readonly kind: "set"; readonly at: number; readonly byte: number }
  | { readonly kind: "size"; readonly at: number; readonly value: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "remove"; readonly at: number; readonly size: number }
  | { readonly kind: "repeat"; readonly at: number; readonly size: number }
  | { readonly kind: "end"; readonly at: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const size = fc.integer({ min: 1, max: 200 });

/** Gives one to five changes. */
export function mutations(): Arbitrary<Mutation[]> {
  const sizes = [0, 1, 7, 8, 9, 100, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];
  const mutation: Arbitrary<Mutation> = fc.oneof(
    fc.record({
      kind: fc.constant("set" as const),
      at: place,
      byte: fc.nat({ max: 255 }),
    }),
    fc.record({
      kind: fc.constant("size" as const),
      at: place,
      value: fc.constantFrom(...sizes),
    }),
    fc.record({
      kind: fc.constant("insert" as const),
      at: place,
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    }),
    fc.record({ kind: fc.constant("remove" as const), at: place, size }),
    fc.record({ kind: fc.constant("repeat" as const), at: place, size }),
    fc.record({ kind: fc.constant("end" as const), at: place }),
  );
  return fc.array(mutation, { minLength: 1, maxLength: 5 });
}

/** Makes changes, one after the other, on a copy. */
export function mutate(
  bytes: Uint8Array,
  changes: readonly Mutation[],
): Uint8Array {
  return changes.reduce(change, bytes.slice());
}

function change(bytes: Uint8Array, mutation: Mutation): Uint8Array {
  const at = Math.floor(mutation.at * bytes.length);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (mutation.kind) {
    case "set":
      return join([before, Uint8Array.of(mutation.byte), after.subarray(1)]);
    case "size":
      return join([before, uint32(mutation.value), after.subarray(4)]);
    case "insert":
      return join([before, mutation.bytes, after]);
    case "remove":
      return join([before, after.subarray(mutation.size)]);
    case "repeat":
      return join([before, after.subarray(0, mutation.size), after]);
    case "end":
      return before;
  }
}
