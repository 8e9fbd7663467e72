import { StoreError } from "./store-error.ts";

/** There is no such subscription. */
export class WebhookNotFoundError extends StoreError {
  readonly code = "STORE_WEBHOOK_NOT_FOUND";
  /** The id that was asked for. */
  readonly webhookId: string;

  /**
   * @param webhookId The id that was asked for.
   */
  constructor(webhookId: string) {
    super(
      `There is no webhook '${webhookId}': list those that there are, or make one`,
    );
    this.webhookId = webhookId;
  }

  override get name(): "WebhookNotFoundError" {
    return "WebhookNotFoundError";
  }
}
