/**
 * Which objects are being written to, or removed from, which bucket at the moment: two
 * never do so with one object in one bucket.
 */
export class ObjectMoves {
  readonly #moving = new Set<string>();

  /** Tells whether an object is being moved, in any bucket. */
  isMoving(objectId: string, storageId: string): boolean {
    return this.#moving.has(toKey(objectId, storageId));
  }

  /**
   * Begins, if nobody else is at it.
   *
   * @returns What ends it; nothing, if somebody else is at it.
   */
  tryBegin(objectId: string, storageId: string): Disposable | undefined {
    const key = toKey(objectId, storageId);
    if (this.#moving.has(key)) return undefined;
    this.#moving.add(key);
    return { [Symbol.dispose]: () => this.#moving.delete(key) };
  }
}

function toKey(objectId: string, storageId: string): string {
  return JSON.stringify([storageId, objectId]);
}
