/** Bytes of a stream that make no grain. */
export interface LostPart {
  /** Tells it from what makes one. */
  readonly kind: "lost";
  /** Whether it is the beginning of a recording, of which nobody expects more. */
  readonly isStart: boolean;
  /** Where its packet begins in the file. */
  readonly offset: number;
  /** How many bytes there are. */
  readonly bytes: number;
  /** What is wrong, in words that follow a colon. */
  readonly problem: string;
}
