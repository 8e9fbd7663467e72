/**
 * Gives the first items.
 *
 * @param items Any.
 * @param limit At most how many.
 * @returns These.
 */
export function take<T>(items: Iterable<T>, limit: number): T[] {
  const taken: T[] = [];
  if (limit < 1) return taken;
  for (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}
