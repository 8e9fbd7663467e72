/** The process was told to stop, as by Ctrl-C. */
export class InterruptedError extends Error {
  /** Identifies the condition. */
  readonly code = "CLI_INTERRUPTED";
  /** What the process exits with. */
  readonly exitCode: number;

  /**
   * @param signal The name of the signal.
   * @param number The number of the signal.
   */
  constructor(signal: string, number: number) {
    super(
      `Interrupted by ${signal}: what was done stays, and nothing is left half done`,
    );
    this.exitCode = 128 + number;
  }

  /** Says what is wrong in one word. */
  override get name(): "InterruptedError" {
    return "InterruptedError";
  }
}
