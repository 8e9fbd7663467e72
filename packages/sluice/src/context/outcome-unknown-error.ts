import { SluiceError } from "../core/errors.ts";

/**
 * A manager that must be told how its block ended could not be told.
 *
 * Under `using` and `await using` the language does not say whether the block
 * failed; a transaction would have to guess between commit and rollback.
 */
export class OutcomeUnknownError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_OUTCOME_UNKNOWN";

  /** @param act What was refused. */
  constructor(act: string) {
    super(
      `Cannot ${act}: nothing tells it there whether the block failed; ` +
        "use asyncWith(), or a stack with raise() and aclose()",
    );
  }

  /** @inheritDoc */
  get name(): string {
    return "OutcomeUnknownError";
  }
}
