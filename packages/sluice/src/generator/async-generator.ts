import { closeAsyncGenerator } from "../core/close-generator.ts";
import { describe } from "../core/describe.ts";
import { BusyError } from "../core/errors.ts";
import { GeneratorError } from "../core/generator-error.ts";
import { isObject } from "../core/thenable.ts";
import { wrapFunction } from "../core/wrap-function.ts";
import { checkResult } from "./anext.ts";
import { giveItem } from "./send.ts";
import { StopAsyncIteration } from "./stop-async-iteration.ts";

/** Options of `asyncGenerator`. */
export interface AsyncGeneratorOptions {
  /**
   * Is called, some time later, if a generator was started, was neither read to
   * its end nor closed, and is garbage: its `finally` blocks will never run.
   * By default nobody is told.
   *
   * @param name The name of the generator function.
   */
  readonly onAbandoned?: (name: string) => void;
}

/**
 * An async generator that keeps Python's rules.
 *
 * It serves one caller at a time, and `for await` as any iterable; breaking out
 * of that closes it, as the language has it.
 *
 * @typeParam T What it yields.
 * @typeParam N What is sent to it.
 */
export interface StrictAsyncGenerator<T, N = undefined>
  extends AsyncGenerator<T, void, N>, AsyncDisposable {
  /** Whether a call is under way. */
  readonly running: boolean;
  /**
   * Sends a value, which the paused `yield` gives, and waits for the next item.
   *
   * @param value What to send; `undefined` for a generator that has not started.
   * @returns The next item.
   * @throws {TypeError} If a value is sent before the generator has started; it
   * can be used all the same.
   * @throws {StopAsyncIteration} If the generator ends or has ended.
   * @throws {BusyError} If a call is under way.
   * @throws What the generator throws.
   */
  asend(value: N | undefined): Promise<T>;
  /**
   * Throws an error at the paused `yield` and waits for the next item.
   *
   * @param error What to throw.
   * @returns The next item, if the generator catches the error and yields.
   * @throws {StopAsyncIteration} If it catches the error and ends.
   * @throws {BusyError} If a call is under way.
   * @throws What the generator throws; the error itself, if it does not catch it.
   */
  athrow(error: unknown): Promise<T>;
  /**
   * Closes the generator and waits for its `finally` blocks.
   *
   * @throws {GeneratorError} `SLUICE_YIELDED_ON_CLOSE` if it yields meanwhile.
   * @throws {BusyError} If a call is under way: a generator stuck on an `await`
   * is stopped by a signal that it guards.
   * @throws What the generator throws meanwhile.
   */
  aclose(): Promise<void>;
}

/**
 * Makes generators that keep Python's rules out of an async generator function.
 *
 * What differs from a native generator: a second call while one is under way is
 * refused, not queued; a value sent before the start is refused, not overlooked;
 * so is a `yield` while closing; `asend`, `athrow` and `aclose` give items, and
 * `StopAsyncIteration` at the end. A `StopAsyncIteration` that the body throws
 * becomes a `GeneratorError`, so that it cannot pass for the end.
 *
 * Source: Python, asynchronous generators (PEP 525, PEP 479).
 *
 * @param create The async generator function.
 * @param options Who is told of generators that nobody closed.
 * @returns A function that takes what the generator function takes and gives a
 * generator, of which nothing has run.
 * @throws {TypeError} On calling, if the function returns no async generator.
 *
 * @example A value back for each value
 * ```ts
 * import { asyncGenerator } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const average = asyncGenerator(async function* (): AsyncGenerator<number, void, number> {
 *   let sum = 0;
 *   for (let count = 1; ; count++) sum += yield count === 1 ? 0 : sum / (count - 1);
 * });
 *
 * const generator = average();
 * await generator.asend(undefined);
 * assert.equal(await generator.asend(10), 10);
 * assert.equal(await generator.asend(20), 15);
 * await generator.aclose();
 * ```
 */
export function asyncGenerator<A extends unknown[], T, N>(
  create: (...args: A) => AsyncGenerator<T, void, N>,
  options?: AsyncGeneratorOptions,
): (...args: A) => StrictAsyncGenerator<T, N> {
  const { onAbandoned } = options ?? {};
  const registry = onAbandoned && new FinalizationRegistry(onAbandoned);
  return wrapFunction(function (this: unknown, ...args: A) {
    const generator: unknown = create.apply(this, args);
    if (!isObject(generator) || !(Symbol.asyncIterator in generator)) {
      throw new TypeError(
        `Cannot make a generator with ${describe(create)}: it returned none; write it as async function*`,
      );
    }
    return new StrictGenerator(
      generator as AsyncGenerator<T, void, N>,
      create.name,
      registry,
    );
  }, create);
}

class StrictGenerator<T, N> implements StrictAsyncGenerator<T, N> {
  readonly #generator: AsyncGenerator<T, void, N>;
  readonly #name: string;
  readonly #registry: FinalizationRegistry<string> | undefined;
  #stage: "fresh" | "started" | "ended" = "fresh";
  #running = false;

  constructor(
    generator: AsyncGenerator<T, void, N>,
    name: string,
    registry: FinalizationRegistry<string> | undefined,
  ) {
    this.#generator = generator;
    this.#name = name;
    this.#registry = registry;
  }

  get running(): boolean {
    return this.#running;
  }

  async asend(value: N | undefined): Promise<T> {
    return giveItem(await this.#send("asend", value));
  }

  async athrow(error: unknown): Promise<T> {
    return giveItem(await this.throw(error));
  }

  async aclose(): Promise<void> {
    await this.#run("aclose", async () => {
      const started = this.#stage;
      // Whatever it does meanwhile, it gives nothing any more.
      this.#end();
      if (started !== "ended") await closeAsyncGenerator(this.#generator);
      return END;
    });
  }

  async next(...[value]: [] | [N]): Promise<IteratorResult<T, void>> {
    return this.#send("next", value);
  }

  async throw(error: unknown): Promise<IteratorResult<T, void>> {
    return this.#run("athrow", () =>
      this.#stage === "ended"
        ? Promise.reject(error)
        : this.#generator.throw(error),
    );
  }

  async return(): Promise<IteratorResult<T, void>> {
    await this.aclose();
    return END;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.aclose();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #send(
    act: string,
    value: N | undefined,
  ): Promise<IteratorResult<T, void>> {
    if (this.#stage === "fresh" && value !== undefined) {
      throw new TypeError(
        `Cannot send a value to the generator '${this.#name}': it has not started; send undefined first`,
      );
    }
    return this.#run(act, () => {
      if (this.#stage === "ended") return Promise.resolve(END);
      this.#start();
      // What is sent before the start is `undefined`, whatever the generator takes.
      return this.#generator.next(value as N);
    });
  }

  /** Makes one call, while none is under way. */
  async #run(
    act: string,
    call: () => Promise<IteratorResult<T, void>>,
  ): Promise<IteratorResult<T, void>> {
    if (this.#running) {
      throw new BusyError(
        `Cannot call ${act}() on the generator '${this.#name}': another call is under way; await it first`,
      );
    }
    this.#running = true;
    try {
      const result = checkResult<T>(await call());
      if (result.done !== true) return result;
      this.#end();
      return END;
    } catch (error) {
      this.#end();
      throw error instanceof StopAsyncIteration
        ? createRaisedStop(this.#name, error)
        : error;
    } finally {
      this.#running = false;
    }
  }

  #start(): void {
    if (this.#stage === "fresh")
      this.#registry?.register(this, this.#name, this);
    this.#stage = "started";
  }

  #end(): void {
    this.#stage = "ended";
    this.#registry?.unregister(this);
  }
}

const END: IteratorReturnResult<void> = Object.freeze({
  done: true,
  value: undefined,
});

function createRaisedStop(
  name: string,
  cause: StopAsyncIteration,
): GeneratorError {
  return new GeneratorError(
    "SLUICE_RAISED_STOP",
    `Cannot go on with the generator '${name}': it threw StopAsyncIteration; return instead`,
    { cause },
  );
}
