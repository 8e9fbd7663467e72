import type { Identity } from "../http/identity.ts";
import type { AuthenticationOptions } from "./authentication-options.ts";
import { JsonWebTokens } from "./json-web-token.ts";
import { SecretMatch } from "./secret-match.ts";

const minTokenLength = 16;

/**
 * Knows people and programs by a token, of whichever kind.
 *
 * Source: RFC 6750; TAMS 8.2, `bearer_token_auth`.
 */
export class BearerTokens {
  readonly #fixed: SecretMatch<Identity>;
  readonly #jwt: JsonWebTokens | undefined;

  /**
   * @param options Which tokens there are.
   * @throws {RangeError} If a token is too short, or the secret of others is.
   */
  constructor({
    tokens = [],
    jwt,
  }: Pick<AuthenticationOptions, "tokens" | "jwt">) {
    for (const { token, name = "" } of tokens) {
      if (token.length >= minTokenLength) continue;
      throw new RangeError(
        `Cannot take a token of ${token.length} characters for '${name}': it needs ${minTokenLength} or more`,
      );
    }
    this.#fixed = new SecretMatch(
      tokens.map(({ token, ...identity }) => [token, identity]),
    );
    this.#jwt = jwt === undefined ? undefined : new JsonWebTokens(jwt);
  }

  /**
   * Finds who a token is of.
   *
   * @returns Who, or why the token is not good.
   * @throws {IdentityProviderError} If the keys to check it by cannot be had.
   */
  async find(token: string): Promise<Identity | string> {
    return (
      this.#fixed.find(token) ??
      (await this.#jwt?.find(token)) ??
      "it is not one that was handed out"
    );
  }
}
