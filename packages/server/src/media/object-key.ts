/**
 * Writes a text in letters that no client, proxy or file server changes: base64url. An
 * object's id may have `/`, `%` and `..` in it, which many of them decode or take away.
 */
export function encodeKey(text: string): string {
  return Buffer.from(text, "utf8").toString("base64url");
}

/** Reads such a text; nothing, if it is none. */
export function decodeKey(key: string): string | undefined {
  const text = Buffer.from(key, "base64url").toString("utf8");
  return text !== "" && encodeKey(text) === key ? text : undefined;
}
