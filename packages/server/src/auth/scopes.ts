import type { Scope } from "../http/identity.ts";

/** All scopes. */
export const scopes: readonly Scope[] = ["read", "write", "delete", "admin"];

/** What scopes begin with in tokens, as all known clients of TAMS ask for them. */
export const defaultScopePrefix = "tams-api/";

/**
 * Reads the scopes of a token; those of other services are passed over.
 *
 * Source: RFC 6749, 3.3; `scp`, as some servers write it, may be a list as well.
 *
 * @param claim What the token says: texts apart by spaces, or a list.
 * @param prefix What ours begin with.
 */
export function readScopes(claim: unknown, prefix: string): readonly Scope[] {
  const names = new Set(readTexts(claim));
  return scopes.filter((scope) => names.has(`${prefix}${scope}`));
}

/** Reads a claim that is a list of texts, or texts apart by spaces. */
export function readTexts(claim: unknown): readonly string[] {
  if (typeof claim === "string") return claim.split(" ").filter(Boolean);
  if (!Array.isArray(claim)) return [];
  return claim.filter((one: unknown) => typeof one === "string");
}
