const encoder = new TextEncoder();

/**
 * Answers with JSON.
 *
 * @param value What is told.
 * @param status The status; 200 by default.
 * @param headers Other headers.
 */
export function replyJson(
  value: unknown,
  status = 200,
  headers: Headers | Readonly<Record<string, string>> = {},
): Response {
  const bytes = encoder.encode(JSON.stringify(value));
  const all = new Headers(headers);
  all.set("Content-Type", "application/json");
  // Told here, so that HEAD tells it as well.
  all.set("Content-Length", String(bytes.byteLength));
  return new Response(bytes, { status, headers: all });
}

/** Answers that it is done, and that there is nothing to tell. */
export function replyEmpty(
  status: 200 | 201 | 204,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const length = status === 204 ? {} : { "Content-Length": "0" };
  return new Response(null, { status, headers: { ...length, ...headers } });
}
