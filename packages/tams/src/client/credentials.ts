import * as oauth from "oauth4webapi";
import { guard } from "sluice";
import { TamsError } from "../error/tams-error.ts";

/** How a client proves who asks. */
export type Credentials =
  | {
      /** A name and a password. */
      readonly kind: "basic";
      /** The name. */
      readonly username: string;
      /** The password. */
      readonly password: string;
    }
  | {
      /** A token, or what gives one; it is asked again when one is refused. */
      readonly kind: "bearer";
      /** The token, or what gives one. */
      readonly token: string | (() => string | Promise<string>);
    }
  | {
      /** A token that is put into the URL. */
      readonly kind: "url-token";
      /** The token. */
      readonly token: string;
    }
  | {
      /** A client of its own, which gets tokens, and new ones before they end (OAuth 2.0). */
      readonly kind: "client-credentials";
      /** Where tokens are got. */
      readonly tokenUrl: string | URL;
      /** The client's id. */
      readonly clientId: string;
      /** The client's secret. */
      readonly clientSecret: string;
      /** What it asks for; what the server gives by default. */
      readonly scopes?: readonly string[];
    };

/** No token could be got. */
export class AuthenticationError extends TamsError {
  readonly code = "TAMS_AUTHENTICATION";

  override get name(): "AuthenticationError" {
    return "AuthenticationError";
  }
}

/** What puts credentials into requests. */
export interface Authorizer {
  /** Adds them to the URL, or to the headers. @throws {AuthenticationError} */
  authorize(url: URL, headers: Headers, signal?: AbortSignal): Promise<void>;
  /**
   * Forgets what was refused; whether there may be something new.
   *
   * @param refused The header `Authorization` that was refused.
   */
  renew(refused: string | null): boolean;
}

/** Makes what puts credentials into requests. */
export function createAuthorizer(
  credentials: Credentials | undefined,
  fetch: typeof globalThis.fetch,
): Authorizer {
  switch (credentials?.kind) {
    case undefined:
      return { authorize: () => Promise.resolve(), renew: () => false };
    case "basic": {
      const { username, password } = credentials;
      const bytes = new TextEncoder().encode(`${username}:${password}`);
      const value = `Basic ${btoa(String.fromCharCode(...bytes))}`;
      return withHeader(() => value, false);
    }
    case "bearer": {
      const { token } = credentials;
      if (typeof token === "string")
        return withHeader(() => `Bearer ${token}`, false);
      return withHeader(async () => `Bearer ${await token()}`, true);
    }
    case "url-token":
      return {
        authorize: (url) => {
          url.searchParams.set("access_token", credentials.token);
          return Promise.resolve();
        },
        renew: () => false,
      };
    case "client-credentials":
      return new ClientCredentials(credentials, fetch);
  }
}

function withHeader(
  getValue: () => string | Promise<string>,
  isRenewable: boolean,
): Authorizer {
  return {
    authorize: async (_url, headers) => {
      headers.set("Authorization", await getValue());
    },
    renew: () => isRenewable,
  };
}

/** So long before it ends, in milliseconds, a token is no longer used. */
const margin = 30_000;

interface Token {
  readonly text: string;
  /** When it ends, in milliseconds since 1970. */
  readonly end: number;
}

/** Source: RFC 6749, 4.4. */
class ClientCredentials implements Authorizer {
  readonly #options: Extract<Credentials, { kind: "client-credentials" }>;
  readonly #fetch: typeof globalThis.fetch;
  /** The token that there is, or that is being asked for: once for all who wait. */
  #token: Promise<Token> | undefined;
  /** The token that was used last. */
  #last: string | undefined;

  constructor(
    options: Extract<Credentials, { kind: "client-credentials" }>,
    fetch: typeof globalThis.fetch,
  ) {
    this.#options = options;
    this.#fetch = fetch;
  }

  async authorize(
    _url: URL,
    headers: Headers,
    signal?: AbortSignal,
  ): Promise<void> {
    // Many wait for one token: who is called off leaves it to the others.
    const get = (): Promise<Token> => {
      const token = this.#getToken();
      return signal === undefined ? token : guard(token, signal);
    };
    const held = this.#token;
    let token = await get();
    if (token.end - margin < Date.now()) {
      this.#forget(held);
      token = await get();
    }
    this.#last = token.text;
    headers.set("Authorization", `Bearer ${token.text}`);
  }

  renew(refused: string | null): boolean {
    // Of many who were refused with one token, the first has it forgotten.
    if (this.#last !== undefined && refused === `Bearer ${this.#last}`) {
      this.#token = undefined;
      this.#last = undefined;
    }
    return true;
  }

  /** Forgets a token, if it is still the one in use. */
  #forget(token: Promise<Token> | undefined): void {
    if (token !== undefined && this.#token === token) this.#token = undefined;
  }

  async #getToken(): Promise<Token> {
    const token = (this.#token ??= this.#request());
    try {
      return await token;
    } catch (error) {
      // Whoever asks next tries again.
      if (this.#token === token) this.#token = undefined;
      throw error;
    }
  }

  async #request(): Promise<Token> {
    const { tokenUrl, clientId, clientSecret, scopes } = this.#options;
    const url = new URL(tokenUrl);
    const server = { issuer: url.origin, token_endpoint: url.href };
    const client = { client_id: clientId };
    const parameters = new URLSearchParams();
    if (scopes !== undefined) parameters.set("scope", scopes.join(" "));
    try {
      const response = await oauth.clientCredentialsGrantRequest(
        server,
        client,
        oauth.ClientSecretBasic(clientSecret),
        parameters,
        {
          [oauth.customFetch]: this.#fetch,
          // Its name is marked so that it stands out: it is for this machine only.
          // eslint-disable-next-line @typescript-eslint/no-deprecated
          [oauth.allowInsecureRequests]: isThisMachine(url),
        },
      );
      const result = await oauth.processClientCredentialsResponse(
        server,
        client,
        response,
      );
      const seconds = result.expires_in ?? Infinity;
      return { text: result.access_token, end: Date.now() + seconds * 1000 };
    } catch (cause) {
      throw new AuthenticationError(
        `Cannot get a token of ${url.origin} for the client '${clientId}': check its secret and its scopes`,
        { cause },
      );
    }
  }
}

/** Whether what is sent to a URL does not leave the machine. */
function isThisMachine({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
