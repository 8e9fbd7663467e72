/** Cuts bytes into pieces, some of them empty; each is a copy. */
export function cut(
  bytes: Uint8Array,
  lengths: readonly number[],
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}

/** Puts bytes together. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Numbers from 0 to below 1 that are the same in each run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Damages a copy: bytes are changed, taken out, put in, or cut off. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let mutant: number[] = [...bytes];
  for (let times = 1 + below(4); times > 0; times--) {
    const at = below(mutant.length);
    const kinds = [
      () => (mutant[at] = below(256)),
      () => (mutant[at] = [0, 1, 0x47, 0x7f, 0x80, 0xff][below(6)] ?? 0),
      () => mutant.splice(at, 1 + below(300)),
      () =>
        mutant.splice(
          at,
          0,
          ...Array.from({ length: 1 + below(300) }, () => below(256)),
        ),
      () => (mutant = mutant.slice(0, at + 1)),
    ];
    kinds[below(kinds.length)]?.();
  }
  return Uint8Array.from(mutant);
}

/** How many mutants a fuzz makes: 1000, or what `FUZZ` says. */
export const fuzzCount: number = Number(process.env["FUZZ"] ?? 1000);
