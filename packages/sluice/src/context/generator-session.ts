import { contextMark, recordContext } from "../core/error-context.ts";
import {
  createYieldedOnClose,
  GeneratorError,
  type GeneratorErrorCode,
} from "../core/generator-error.ts";
import { whenDone, whenThere, type Soon } from "../core/when-done.ts";
import { OneBlock } from "./one-block.ts";
import {
  asyncEnter,
  asyncExit,
  requiresOutcome,
  type AsyncContextManager,
  type Outcome,
} from "./protocol.ts";
import { createOutcomeUnknown } from "./session.ts";

/** Options of `asyncContextManager` and `contextManager`. */
export interface GeneratorManagerOptions {
  /**
   * `false` for a generator that passes every error on: the types then know
   * that the block's value is never absent, and a generator that swallows an
   * error all the same fails. By default it may swallow.
   */
  readonly suppresses?: boolean;
  /** Whether exit insists on being told how the block ended; see `acquire`. */
  readonly strict?: boolean;
}

/** A generator of either kind. */
export interface AnyGenerator<T> {
  next(): Soon<IteratorResult<T, unknown>>;
  throw(error: unknown): Soon<IteratorResult<T, unknown>>;
  return(value: undefined): Soon<IteratorResult<T, unknown>>;
}

/**
 * Drives the generator of one manager, sync or async, by the same rules.
 *
 * What the generator answers at once is handled at once; a promise comes out
 * only where a promise came in.
 */
export class GeneratorSession<T> implements AsyncContextManager<T, boolean> {
  readonly [requiresOutcome]: boolean;
  readonly #block: OneBlock;
  readonly #suppresses: boolean;
  readonly #generator: AnyGenerator<T>;

  constructor(
    generator: AnyGenerator<T>,
    name: string,
    options: GeneratorManagerOptions | undefined,
  ) {
    this.#block = new OneBlock(`the manager '${name}'`);
    this.#generator = generator;
    this.#suppresses = options?.suppresses !== false;
    this[requiresOutcome] = options?.strict === true;
  }

  /** Runs the generator to its `yield`. */
  [asyncEnter](): Soon<T> {
    this.#block.begin();
    return whenThere(this.#generator.next(), (result) => {
      if (result.done !== true) return result.value;
      throw this.#createError("SLUICE_DID_NOT_YIELD", "did not yield");
    });
  }

  /** Runs the generator to its end; gives exit's answer. */
  [asyncExit](outcome: Outcome): Soon<boolean> {
    this.#block.end();
    // One that insists is told of an error where nobody can know.
    const told: Outcome =
      outcome.status === "unknown" && this[requiresOutcome]
        ? { status: "error", error: createOutcomeUnknown() }
        : outcome;
    if (told.status !== "error") {
      return whenThere(
        this.#generator.next(),
        (result) => result.done !== true && this.#stop(),
      );
    }
    return whenDone(
      () => this.#generator.throw(told.error),
      (result) =>
        result.done === true
          ? this.#swallow(told.error, outcome)
          : this.#stop(),
      (raised) => {
        if (Object.is(raised, told.error) && told === outcome) return false;
        throw raised;
      },
    );
  }

  /** Exit's answer when the generator was told of an error and ended well. */
  #swallow(error: unknown, outcome: Outcome): true {
    if (outcome.status !== "error") throw error;
    if (this.#suppresses) return true;
    throw this.#createError("SLUICE_SWALLOWED_ERROR", "suppressed an error");
  }

  /** Closes a generator that yielded again. */
  #stop(): Soon<never> {
    const since = contextMark();
    const error = this.#createError("SLUICE_DID_NOT_STOP", "yielded again");
    const raise = (raised: unknown): never => {
      recordContext(raised, error, since);
      throw raised;
    };
    return whenDone(
      () => this.#generator.return(undefined),
      ({ done }) => raise(done === true ? error : createYieldedOnClose()),
      raise,
    );
  }

  #createError(code: GeneratorErrorCode, found: string): GeneratorError {
    const message = `Cannot go on with ${this.#block.title}: its generator ${found}`;
    return new GeneratorError(code, message);
  }
}
