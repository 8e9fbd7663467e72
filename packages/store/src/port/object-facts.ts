/** Room for an object that was made. */
export interface AllocatedObject {
  /** Its id, under which it will be registered. */
  readonly objectId: string;
  /** The storage backend that it goes to. */
  readonly storageId: string;
  /** What its bytes are. */
  readonly contentType: string;
}

/** What is known of an object's bytes. */
export interface ObjectFacts {
  /** How many there are. */
  readonly sizeBytes: number;
  /** What they are: a MIME type. */
  readonly contentType: string;
  /** SHA-256 of them, in hexadecimal digits, if it is known. */
  readonly sha256: string | undefined;
}
