import { InvalidRequestError } from "../error/invalid-request-error.ts";

/** What a page key says. */
export type PageKeyPart = string | number | boolean;

/**
 * Makes a key of a page: a text that is opaque to who passes it on, and safe in a URL.
 *
 * @param parts What the page begins behind.
 * @returns The key.
 */
export function encodePageKey(parts: readonly PageKeyPart[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text)
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * Reads a key that `encodePageKey` made.
 *
 * @param key The key.
 * @param pattern The types of its parts, in their order.
 * @returns Its parts.
 * @throws {InvalidRequestError} If it is no such key.
 */
export function decodePageKey(
  key: string,
  pattern: readonly ("string" | "number" | "boolean")[],
): readonly PageKeyPart[] {
  const parts = readParts(key);
  const fits =
    parts?.length === pattern.length &&
    parts.every((part, index) => typeof part === pattern[index]);
  if (fits) return parts;
  throw new InvalidRequestError(
    `Cannot go on at page '${key}': it is not a key that a page of this listing gave; begin without one`,
  );
}

function readParts(key: string): readonly PageKeyPart[] | undefined {
  try {
    const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    );
    return Array.isArray(value) && value.every(isPart) ? value : undefined;
  } catch {
    // What cannot be read is told by the caller, as is what says something else.
    return undefined;
  }
}

function isPart(value: unknown): value is PageKeyPart {
  return ["string", "number", "boolean"].includes(typeof value);
}
