import { ServerError } from "./server-error.ts";

/** An event could not be delivered to a subscriber. */
export class DeliveryError extends ServerError {
  readonly code = "SERVER_DELIVERY";
  /** Whether another attempt cannot end otherwise. */
  readonly isFinal: boolean;

  /**
   * @param reason Why not, in a sentence without an end.
   * @param options Its cause, and whether another attempt cannot end otherwise.
   */
  constructor(
    reason: string,
    options: ErrorOptions & { readonly isFinal?: boolean } = {},
  ) {
    super(reason, options);
    this.isFinal = options.isFinal ?? false;
  }

  override get name(): "DeliveryError" {
    return "DeliveryError";
  }
}
