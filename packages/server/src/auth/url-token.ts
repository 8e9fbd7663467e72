/**
 * Finds the token in the URL of a request.
 *
 * Source: TAMS 8.2, `url_token_auth`.
 *
 * @param request The request.
 * @returns The token; nothing, if there is none, or more than one.
 */
export function findUrlToken(request: Request): string | undefined {
  const tokens = new URL(request.url).searchParams.getAll("access_token");
  return tokens.length === 1 ? tokens[0] : undefined;
}
