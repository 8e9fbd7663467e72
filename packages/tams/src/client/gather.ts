/**
 * Takes pieces from a source until they come to more bytes than a limit, or there are no more.
 * What is left can be read from the source then.
 *
 * @param source Is read one piece after the other, and not closed.
 * @param mostBytes The limit.
 */
export async function gather(
  source: AsyncIterator<Uint8Array>,
  mostBytes: number,
): Promise<{
  readonly pieces: readonly Uint8Array[];
  readonly isAll: boolean;
}> {
  const pieces: Uint8Array[] = [];
  for (let size = 0; size <= mostBytes;) {
    const next = await source.next();
    if (next.done === true) return { pieces, isAll: true };
    pieces.push(next.value);
    size += next.value.length;
  }
  return { pieces, isAll: false };
}
