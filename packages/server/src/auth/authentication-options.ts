import type { Identity } from "../http/identity.ts";
import type { JwtOptions } from "./json-web-token.ts";

/** Who can sign in by name and password. */
export interface BasicUser extends Omit<Identity, "name"> {
  /** The name; it has no colon. */
  readonly name: string;
  /** The password: at least 8 characters. */
  readonly password: string;
}

/** A token that is known beforehand, and never ends. */
export interface StaticToken extends Identity {
  /** The token: at least 16 characters. */
  readonly token: string;
}

/** How a server finds out who asks: by at least one of these. */
export interface AuthenticationOptions {
  /** Names and passwords: HTTP Basic. */
  readonly users?: readonly BasicUser[] | undefined;
  /** Tokens that are known beforehand, sent as `Bearer` tokens. */
  readonly tokens?: readonly StaticToken[] | undefined;
  /** JSON Web Tokens, sent as `Bearer` tokens. */
  readonly jwt?: JwtOptions | undefined;
  /**
   * Whether both kinds of tokens may also come in the URL, as `access_token`; true by
   * default. URLs are written into logs and histories, so that such tokens leak more easily.
   */
  readonly urlTokens?: boolean | undefined;
  /** What a browser shows when it asks for a password; `TAMS` by default. */
  readonly realm?: string | undefined;
}
