import { BusyError } from "../core/errors.ts";
import {
  createYieldedOnClose,
  GeneratorError,
} from "../core/generator-error.ts";
import { wrapGenerator } from "../core/wrap-generator.ts";
import { asend, athrow } from "./send.ts";
import { StopAsyncIteration } from "./stop-async-iteration.ts";

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
export function asyncGenerator<
  A extends unknown[],
  G extends AsyncGenerator<unknown, void>,
>(create: (...args: A) => G): (...args: A) => Strict<G> {
  return wrapGenerator(create, Symbol.asyncIterator, (generator) => {
    const strict: unknown = new StrictGenerator(
      generator as Untyped,
      create.name,
    );
    // What it yields and is sent is what the function says.
    return strict as Strict<G>;
  });
}

/** The strict twin of a generator. */
type Strict<G> =
  G extends AsyncGenerator<infer T, void, infer N>
    ? StrictAsyncGenerator<T, N>
    : never;

/** What a generator can be told to do. */
type Act = "next" | "throw" | "return";

/** A generator that does not look at the types of what it is told. */
type Untyped = Readonly<
  Record<Act, (value: unknown) => Promise<IteratorResult<unknown, void>>>
>;

class StrictGenerator implements StrictAsyncGenerator<unknown, unknown> {
  running = false;
  readonly #name: string;
  /** Absent once the generator has ended. */
  #generator: Untyped | undefined;
  #started = false;

  constructor(generator: Untyped, name: string) {
    this.#generator = generator;
    this.#name = name;
  }

  asend(value: unknown): Promise<unknown> {
    return asend(this, value);
  }

  athrow(error: unknown): Promise<unknown> {
    return athrow(this, error);
  }

  async aclose(): Promise<void> {
    await this.return();
  }

  next(value?: unknown): Promise<IteratorResult<unknown, void>> {
    return this.#tell("next", value);
  }

  throw(error: unknown): Promise<IteratorResult<unknown, void>> {
    return this.#tell("throw", error);
  }

  return(): Promise<IteratorResult<unknown, void>> {
    return this.#tell("return", undefined);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.aclose();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #tell(
    act: Act,
    value: unknown,
  ): Promise<IteratorResult<unknown, void>> {
    const generator = this.#generator;
    this.#check(act, value);
    if (generator === undefined) {
      if (act === "throw") throw value;
      return { done: true, value: undefined };
    }
    this.#started = this.running = true;
    let result;
    try {
      result = await generator[act](value);
    } catch (error) {
      this.#generator = undefined;
      if (!(error instanceof StopAsyncIteration)) throw error;
      const message = this.#explain("threw StopAsyncIteration");
      throw new GeneratorError("SLUICE_RAISED_STOP", message, { cause: error });
    } finally {
      this.running = false;
    }
    if (result.done !== true && act !== "return") return result;
    // A generator that was closed gives nothing any more, whatever it did meanwhile.
    this.#generator = undefined;
    if (result.done !== true) throw createYieldedOnClose();
    return { done: true, value: undefined };
  }

  #check(act: Act, value: unknown): void {
    if (this.running) {
      throw new BusyError(this.#explain("is running"));
    }
    if (act === "next" && !this.#started && value !== undefined) {
      throw new TypeError(this.#explain("is not started"));
    }
  }

  #explain(found: string): string {
    return `Cannot go on with the generator '${this.#name}': it ${found}`;
  }
}
