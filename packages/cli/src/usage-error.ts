/** The words of the command line are not understood. */
export class UsageError extends Error {
  readonly code = "CLI_USAGE";

  override get name(): "UsageError" {
    return "UsageError";
  }
}
