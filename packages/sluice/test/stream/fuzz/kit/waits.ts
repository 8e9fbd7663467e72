import type { Wait } from "../program.ts";

/** What takes time here: turns of the microtask queue, and gates that are opened by hand. */
export class Waits {
  readonly #gates: (() => void)[] = [];

  /** Waits as long as it says. */
  async pass(wait: Wait): Promise<void> {
    if (wait === "gate") {
      await new Promise<void>((resolve) => this.#gates.push(resolve));
      return;
    }
    for (let turn = 0; turn < wait; turn++) await undefined;
  }

  /** Gives what a function gives, or throws, as something to wait for. */
  later<T>(
    wait: Wait,
    settle: () => T,
    thenable: boolean | undefined,
  ): PromiseLike<T> {
    return thenable === true
      ? this.#createThenable(wait, settle)
      : this.#settleLater(wait, settle);
  }

  /** Opens the gate that has been waited at for longest; tells whether there was one. */
  release(): boolean {
    const open = this.#gates.shift();
    open?.();
    return open !== undefined;
  }

  async #settleLater<T>(wait: Wait, settle: () => T): Promise<T> {
    if (wait !== 0) await this.pass(wait);
    return settle();
  }

  /** A promise that is none of the platform's; it calls back at once, if it has not to wait. */
  #createThenable<T>(wait: Wait, settle: () => T): PromiseLike<T> {
    let settling: Promise<T> | undefined;
    return {
      // The platform's has the same two parameters, of looser types.
      then: ((ok: (value: T) => void, failed: (error: unknown) => void) => {
        if (settling !== undefined || wait !== 0) {
          settling ??= this.#settleLater(wait, settle);
          settling.then(ok, failed);
          return;
        }
        let value: T;
        try {
          value = settle();
        } catch (error) {
          settling = Promise.reject(error);
          failed(error);
          // Whoever asks again is told.
          settling.catch(() => undefined);
          return;
        }
        settling = Promise.resolve(value);
        ok(value);
      }) as unknown as PromiseLike<T>["then"],
    };
  }
}

/** Waits until nothing goes on by itself: all microtasks have run, and what they began. */
export async function untilIdle(): Promise<void> {
  await nextTurn();
  await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
