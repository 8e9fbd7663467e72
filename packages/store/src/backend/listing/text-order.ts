/**
 * Orders texts by their code points, as databases do.
 *
 * JavaScript's `<` compares the halves of which UTF-16 makes characters beyond U+FFFF, and
 * has these before some that are not.
 *
 * @param a One.
 * @param b Another.
 * @returns Below 0, if `a` comes first; above 0, if `b` does.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** Puts the halves behind all that are whole. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
