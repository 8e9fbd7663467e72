import { SluiceError } from "../../core/errors.ts";

/** What becomes of a value that there is no room for. */
export type Overflow = "block" | "error" | "drop-oldest" | "drop-newest";

/** More was sent than there is room for, and nothing may be dropped. */
export class OverflowError extends SluiceError {
  /** @inheritDoc */
  readonly code = "SLUICE_OVERFLOW";

  /** @inheritDoc */
  get name(): string {
    return "OverflowError";
  }
}
