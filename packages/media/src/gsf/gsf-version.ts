/** Which GSF a file is in. */
export interface GsfVersion {
  /** 7 has no times before 0; from 9 on a picture may not tell whether it is a key frame. */
  readonly major: 7 | 8 | 9;
  /** Files of every minor version are read. */
  readonly minor: number;
}
