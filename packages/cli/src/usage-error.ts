/** The words of the command line are not understood. */
export class UsageError extends Error {
  readonly code = "CLI_USAGE";

  /**
   * @param message What is wrong with which word, and what is expected there.
   * @param options Its cause.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }

  override get name(): "UsageError" {
    return "UsageError";
  }
}
