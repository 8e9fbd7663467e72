import type { Identity } from "../http/identity.ts";
import { replyRefusal } from "../http/reply-error.ts";
import type { AuthenticationOptions } from "./authentication-options.ts";
import { BasicUsers } from "./basic.ts";
import { BearerTokens } from "./bearer.ts";
import { findUrlToken } from "./url-token.ts";

/** Finds out who sends a request, or refuses it. */
export type Authenticate = (request: Request) => Promise<Identity | Response>;

/** What a request shows of who sends it. */
interface Credentials {
  readonly kind: "basic" | "token";
  readonly value: string;
}

/**
 * Makes what finds out who sends a request: by name and password, or by a token, in the
 * `Authorization` header or in the URL.
 *
 * It looks at nothing but credentials, so that whoever has none learns nothing of what there
 * is. A request that shows credentials which are not good is refused, even if it shows others
 * too. A refusal is a 401 that tells in `WWW-Authenticate` how to sign in.
 *
 * Source: TAMS 8.2, `securitySchemes`; RFC 9110, 11; our decision 0088.
 *
 * @param options By what people and programs are known.
 * @returns What a server takes as its `authenticate`.
 * @throws {TypeError} If there is nothing that anybody is known by, or a name is not one.
 * @throws {RangeError} If a password, a token or a secret is too short.
 *
 * @example A token that may read
 * ```ts
 * import { createAuthentication } from "@sluice/server";
 * import assert from "node:assert/strict";
 *
 * const authenticate = createAuthentication({
 *   tokens: [{ token: "a-token-that-is-long", name: "player", scopes: ["read"] }],
 * });
 *
 * const answer = await authenticate(new Request("https://example.com/flows"));
 * assert.ok(answer instanceof Response);
 * assert.equal(answer.status, 401);
 * ```
 */
export function createAuthentication(
  options: AuthenticationOptions,
): Authenticate {
  const { users = [], tokens = [], jwt, urlTokens = true } = options;
  const hasTokens = tokens.length > 0 || jwt !== undefined;
  if (users.length === 0 && !hasTokens) {
    throw new TypeError(
      "Cannot find out who asks: name users, tokens or how JSON Web Tokens are checked; for none of it there is withoutAuthentication()",
    );
  }
  const people = new BasicUsers(users);
  const bearers = new BearerTokens(options);
  const refuse = createRefusal(options.realm ?? "TAMS", {
    basic: users.length > 0,
    token: hasTokens,
  });
  return async (request) => {
    const shown = readCredentials(request, urlTokens);
    if (typeof shown === "string") return refuse(undefined, shown);
    const found =
      shown.kind === "basic"
        ? (people.find(shown.value) ?? "no user has that name and password")
        : await bearers.find(shown.value);
    return typeof found === "string" ? refuse(shown, found) : found;
  };
}

/** Gives the credentials of a request, or tells what is wrong with them. */
function readCredentials(
  request: Request,
  urlTokens: boolean,
): Credentials | string {
  const header = request.headers.get("Authorization");
  if (header === null) {
    const value = urlTokens ? findUrlToken(request) : undefined;
    return value === undefined
      ? "the request shows no credentials"
      : { kind: "token", value };
  }
  const [, scheme = "", value = ""] = /^(\S+) +(\S+) *$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case "basic":
      return { kind: "basic", value };
    case "bearer":
      return { kind: "token", value };
    default:
      return "the Authorization header is neither of Basic nor of Bearer";
  }
}

function createRefusal(
  realm: string,
  offers: Readonly<Record<Credentials["kind"], boolean>>,
) {
  const name = `realm="${realm.replaceAll(/["\\]/g, "")}"`;
  return (shown: Credentials | undefined, reason: string): Response => {
    const isTokenBad = shown?.kind === "token";
    const challenges = [
      ...(offers.token
        ? [`Bearer ${name}${isTokenBad ? ', error="invalid_token"' : ""}`]
        : []),
      ...(offers.basic ? [`Basic ${name}, charset="UTF-8"`] : []),
    ];
    return replyRefusal(
      401,
      {
        type: "SERVER_UNAUTHENTICATED",
        summary: `Cannot tell who asks: ${reason}`,
      },
      { "WWW-Authenticate": challenges.join(", ") },
    );
  };
}
