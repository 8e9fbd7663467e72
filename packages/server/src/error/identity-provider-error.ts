import { ServerError } from "./server-error.ts";

/** The keys that tokens are checked by cannot be had from who makes the tokens. */
export class IdentityProviderError extends ServerError {
  readonly code = "SERVER_IDENTITY_PROVIDER";
  /** Who makes the tokens. */
  readonly issuer: string;

  /**
   * @param issuer Who makes the tokens.
   * @param options Its cause.
   */
  constructor(issuer: string, options?: ErrorOptions) {
    super(
      `Cannot check tokens of '${issuer}': its keys cannot be read; try again later`,
      options,
    );
    this.issuer = issuer;
  }

  override get name(): "IdentityProviderError" {
    return "IdentityProviderError";
  }
}
