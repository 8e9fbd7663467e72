import { GeneratorError } from "../core/generator-error.ts";
import { OutcomeUnknownError } from "./outcome-unknown-error.ts";
import { requiresOutcome, type Outcome } from "./protocol.ts";

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

/** What the managers of both kinds share: they serve once, and judge the generator alike. */
export abstract class GeneratorManager<G> {
  readonly [requiresOutcome]: boolean;
  readonly #name: string;
  readonly #suppresses: boolean;
  readonly #generator: G;
  #stage: "fresh" | "entered" | "left" = "fresh";

  constructor(
    generator: G,
    name: string,
    options: GeneratorManagerOptions | undefined,
  ) {
    this.#generator = generator;
    this.#name = name;
    this.#suppresses = options?.suppresses !== false;
    this[requiresOutcome] = options?.strict === true;
  }

  protected begin(): G {
    if (this.#stage !== "fresh") {
      const again = `it serves once; call ${this.#name}() for a fresh one`;
      throw new TypeError(
        `Cannot enter the manager '${this.#name}' again: ${again}`,
      );
    }
    this.#stage = "entered";
    return this.#generator;
  }

  protected end(): G {
    if (this.#stage !== "entered") {
      const found =
        this.#stage === "fresh"
          ? "it was never entered"
          : "it was exited already";
      throw new TypeError(`Cannot exit the manager '${this.#name}': ${found}`);
    }
    this.#stage = "left";
    return this.#generator;
  }

  protected checkYielded<T>(result: IteratorResult<T, unknown>): T {
    if (result.done !== true) return result.value;
    throw new GeneratorError(
      "SLUICE_DID_NOT_YIELD",
      `Cannot enter the manager '${this.#name}': its generator did not yield`,
    );
  }

  protected createDidNotStop(): GeneratorError {
    return new GeneratorError(
      "SLUICE_DID_NOT_STOP",
      `Cannot exit the manager '${this.#name}': its generator did not stop, but yielded again`,
    );
  }

  /** What the generator is told: where it must know and nobody does, of an error. */
  protected hear(outcome: Outcome): Outcome {
    if (outcome.status !== "unknown" || !this[requiresOutcome]) return outcome;
    const error = new OutcomeUnknownError(
      `exit the strict manager '${this.#name}'`,
    );
    return { status: "error", error };
  }

  /** Exit's answer when the generator threw: the block's error again, or its own. */
  protected judgeRaised(
    raised: unknown,
    told: unknown,
    outcome: Outcome,
  ): false {
    if (!Object.is(raised, told) || outcome.status !== "error") throw raised;
    return false;
  }

  /** Exit's answer when the generator was told of an error and ended well. */
  protected judgeSwallowed(told: unknown, outcome: Outcome): true {
    if (outcome.status !== "error") throw told;
    if (this.#suppresses) return true;
    throw new GeneratorError(
      "SLUICE_SWALLOWED_ERROR",
      `Cannot suppress the block's error in the manager '${this.#name}': it was made with 'suppresses: false'`,
    );
  }
}
