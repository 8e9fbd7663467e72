import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Compares what was sent with secrets, in a time that tells neither where they differ nor how
 * long they are: it compares their digests, under a key that is made anew for each process.
 */
export class SecretMatch<T> {
  readonly #key = randomBytes(32);
  readonly #known: readonly {
    readonly digest: Buffer;
    readonly value: T;
  }[];

  /** @param known The secrets, and what each stands for. */
  constructor(known: readonly (readonly [secret: string, value: T])[]) {
    this.#known = known.map(([secret, value]) => ({
      digest: this.#digest(secret),
      value,
    }));
  }

  /** Gives what a text stands for, if it is one of the secrets. */
  find(text: string): T | undefined {
    const digest = this.#digest(text);
    let found: T | undefined;
    // All are looked at: where it was found is not told by the time either.
    for (const one of this.#known) {
      if (timingSafeEqual(one.digest, digest)) found = one.value;
    }
    return found;
  }

  #digest(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
