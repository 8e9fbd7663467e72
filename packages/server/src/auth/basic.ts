import type { Identity } from "../http/identity.ts";
import type { BasicUser } from "./authentication-options.ts";
import { SecretMatch } from "./secret-match.ts";

const minPasswordLength = 8;

/**
 * Knows people by name and password.
 *
 * Source: RFC 7617; TAMS 8.2, `basic_auth`.
 */
export class BasicUsers {
  readonly #users: SecretMatch<Identity>;

  /**
   * @param users The people.
   * @throws {TypeError} If a name is empty, has a colon, or is there twice.
   * @throws {RangeError} If a password is too short.
   */
  constructor(users: readonly BasicUser[]) {
    const names = new Set<string>();
    for (const { name, password } of users) {
      if (name === "" || name.includes(":") || names.has(name)) {
        throw new TypeError(
          `Cannot take '${name}' as a user's name: it must be there once, not be empty and have no colon`,
        );
      }
      names.add(name);
      if (password.length < minPasswordLength) {
        throw new RangeError(
          `Cannot take the password of '${name}': it has ${password.length} characters, and needs ${minPasswordLength} or more`,
        );
      }
    }
    this.#users = new SecretMatch(
      users.map(({ password, ...identity }) => [
        `${identity.name}:${password}`,
        identity,
      ]),
    );
  }

  /**
   * Finds who sends credentials.
   *
   * @param credentials What is behind `Basic`: name and password in base 64.
   */
  find(credentials: string): Identity | undefined {
    const bytes = Buffer.from(credentials, "base64");
    return this.#users.find(bytes.toString("utf8"));
  }
}
