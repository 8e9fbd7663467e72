/** Bytes of known length that can be read at any place. */
export interface SeekableBytes {
  /** How many there are. */
  readonly sizeBytes: number;
  /** All of them, if they are in memory. */
  readonly whole: Uint8Array | undefined;
  /** Whether each read is a request to another machine, so that few large ones are best. */
  readonly isRemote: boolean;
  /**
   * Reads a part.
   *
   * @param start The first byte, at least 0.
   * @param end The one after the last, at most `sizeBytes`.
   * @returns All the bytes of the part; they may be a view.
   */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** Makes bytes in memory ones that can be read at any place. */
export function toSeekable(whole: Uint8Array): SeekableBytes {
  return {
    sizeBytes: whole.byteLength,
    whole,
    isRemote: false,
    read: (start, end) => Promise.resolve(whole.subarray(start, end)),
  };
}
