import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyOptions,
} from "jose";
import { IdentityProviderError } from "../error/identity-provider-error.ts";
import type { Identity } from "../http/identity.ts";
import { defaultScopePrefix, readScopes, readTexts } from "./scopes.ts";

/** How JSON Web Tokens are checked, and what they tell. */
export interface JwtOptions {
  /** Who makes them: their `iss`. */
  readonly issuer: string;
  /**
   * For whom they are: one of these must be among their `aud`. Without it, tokens that the
   * issuer makes for other services are taken too, if they have our scopes: name it wherever
   * the issuer writes it.
   */
  readonly audience?: string | readonly string[] | undefined;
  /** What they are signed with. */
  readonly keys:
    | {
        /** Where the issuer's public keys are (a JSON Web Key Set). */
        readonly url: string | URL;
      }
    | {
        /** The issuer's public keys. */
        readonly set: JSONWebKeySet;
      }
    | {
        /** What the issuer and we alone know: at least 32 bytes. */
        readonly secret: Uint8Array;
      };
  /** What our scopes begin with; `tams-api/` by default. */
  readonly scopePrefix?: string | undefined;
  /** The claim with the groups; `groups` by default. */
  readonly groupsClaim?: string | undefined;
  /** The claim with what is written down as `created_by`; `sub` by default. */
  readonly nameClaim?: string | undefined;
  /** How far clocks may be apart, in seconds; 5 by default. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Tells the time, in milliseconds since 1970; the system's by default. */
  readonly clock?: (() => number) | undefined;
}

type Verify = (
  token: string,
  options: JWTVerifyOptions,
) => Promise<{ readonly payload: JWTPayload }>;

// A token says itself how it is signed: what is not of the kind of our keys is refused, so
// that nobody signs with a public key as if it were a secret.
const withSecrets = ["HS256", "HS384", "HS512"];
const withKeyPairs = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/**
 * Checks JSON Web Tokens.
 *
 * Source: RFC 7519; RFC 8725 (algorithms by the kind of key, issuer, audience and expiry).
 */
export class JsonWebTokens {
  readonly #options: JwtOptions;
  readonly #verify: Verify;

  /**
   * @param options How they are checked.
   * @throws {RangeError} If the secret has less than 32 bytes.
   * @throws {TypeError} If the URL of the keys is none.
   */
  constructor(options: JwtOptions) {
    this.#options = options;
    this.#verify = createVerify(options.keys);
  }

  /**
   * Finds who a token is of.
   *
   * @returns Who, or why the token is not good.
   * @throws {IdentityProviderError} If the issuer's keys cannot be had.
   */
  async find(token: string): Promise<Identity | string> {
    const { issuer, audience, clock, clockToleranceSeconds } = this.#options;
    try {
      const { payload } = await this.#verify(token, {
        issuer,
        ...(audience !== undefined && { audience: [audience].flat() }),
        requiredClaims: ["exp"],
        clockTolerance: clockToleranceSeconds ?? 5,
        ...(clock !== undefined && { currentDate: new Date(clock()) }),
      });
      return this.#readIdentity(payload);
    } catch (error) {
      if (isTokenBad(error)) return error.message;
      throw new IdentityProviderError(issuer, { cause: error });
    }
  }

  #readIdentity(payload: JWTPayload): Identity {
    const {
      scopePrefix = defaultScopePrefix,
      groupsClaim = "groups",
      nameClaim = "sub",
    } = this.#options;
    const name = payload[nameClaim];
    return {
      ...(typeof name === "string" && { name }),
      scopes: readScopes(payload["scope"] ?? payload["scp"], scopePrefix),
      groups: readTexts(payload[groupsClaim]),
    };
  }
}

function createVerify(keys: JwtOptions["keys"]): Verify {
  if ("secret" in keys) {
    const { secret } = keys;
    if (secret.byteLength < 32) {
      throw new RangeError(
        `Cannot check tokens by a secret of ${secret.byteLength} bytes: it needs 32 or more`,
      );
    }
    return (token, options) =>
      jwtVerify(token, secret, { ...options, algorithms: withSecrets });
  }
  const findKey =
    "url" in keys
      ? createRemoteJWKSet(new URL(keys.url))
      : createLocalJWKSet(keys.set);
  return (token, options) =>
    jwtVerify(token, findKey, { ...options, algorithms: withKeyPairs });
}

/** Tells what is wrong with a token from what is wrong with the issuer. */
function isTokenBad(error: unknown): error is Error {
  return (
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}
