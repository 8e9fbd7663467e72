import type { Credentials } from "@sluice/tams";
import { UsageError } from "./usage-error.ts";

/** Which store variables are about: that of `--store`, or the one that is copied to. */
export type CredentialsPrefix = "SLUICE" | "SLUICE_TARGET";

/**
 * Reads how it is proved to a service who asks: a token, or a client that gets tokens of its
 * own (OAuth 2.0). They are no words of a command, as others on the machine can read those.
 *
 * @param env The variables: `SLUICE_TOKEN`; or `SLUICE_TOKEN_URL`, `SLUICE_CLIENT_ID`,
 * `SLUICE_CLIENT_SECRET` and, if there is something to choose, `SLUICE_SCOPES`.
 * @param prefix What their names begin with.
 * @throws {UsageError} If one of several that belong together is missing.
 */
export function readStoreCredentials(
  env: Readonly<Record<string, string | undefined>>,
  prefix: CredentialsPrefix,
): Credentials | undefined {
  const read = (name: string): string | undefined => {
    const value = env[`${prefix}_${name}`];
    return value === "" ? undefined : value;
  };
  const token = read("TOKEN");
  if (token !== undefined) return { kind: "bearer", token };
  const tokenUrl = read("TOKEN_URL");
  const clientId = read("CLIENT_ID");
  const clientSecret = read("CLIENT_SECRET");
  const scopes = read("SCOPES")?.split(/\s+/u);
  if (tokenUrl && clientId && clientSecret) {
    return {
      kind: "client-credentials",
      tokenUrl,
      clientId,
      clientSecret,
      ...(scopes !== undefined && { scopes }),
    };
  }
  if (!tokenUrl && !clientId && !clientSecret) return undefined;
  throw new UsageError(
    `Of ${prefix}_TOKEN_URL, ${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET set all, or none`,
  );
}
