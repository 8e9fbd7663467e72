/** A sample of a track (in words of the format; of sound, a coded frame). */
export interface MovieSample {
  /** When it is decoded, in ticks of the track's media. */
  readonly decodeTime: bigint;
  /** When it is presented, in ticks of the track's media. */
  readonly presentationTime: bigint;
  /** How long it takes until the next is decoded, in ticks. */
  readonly duration: number;
  /** Whether decoding can begin with it. */
  readonly isSync: boolean;
  /** Its bytes. */
  readonly data: Uint8Array;
}
