import { createCancellation } from "./errors.ts";
import { discard, open, type Opened, type Own } from "./open.ts";

/** What a generator of `stream()` is given. */
export interface Scope {
  readonly signal: AbortSignal;
  readonly guard: <T>(promise: Promise<T>) => Promise<T>;
}

/** A generator that is made when it is first read. */
export class Generated implements Own {
  readonly #create: (scope: Scope) => AsyncGenerator<unknown, unknown>;

  constructor(create: (scope: Scope) => AsyncGenerator<unknown, unknown>) {
    this.#create = create;
  }

  [open](): Opened {
    const controller = new AbortController();
    const { signal } = controller;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => {
        reject(signal.reason as DOMException);
      });
    });
    aborted.catch(() => undefined);
    const generator = this.#create({
      signal,
      guard: (promise) => Promise.race([aborted, promise]),
    });
    return {
      next: () => generator.next(),
      return: () => generator.return(undefined),
      stop: () => {
        controller.abort(createCancellation());
      },
    };
  }

  [discard](): void {
    // What was not made is not made to be closed.
  }
}
