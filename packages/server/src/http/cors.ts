/** From where pages may use the API. */
export type Origins = readonly string[] | "*" | "loopback";

const exposed = [
  "Link",
  "Location",
  "X-Paging-Count",
  "X-Paging-Limit",
  "X-Paging-NextKey",
  "X-Paging-Reverse-Order",
  "X-Paging-Timerange",
  "X-Request-Id",
  "Accept-Ranges",
  "Content-Length",
  "Content-Range",
  "ETag",
  "WWW-Authenticate",
].join(", ");

/**
 * Tells whether who asks is no page in a browser, or one that may.
 *
 * @param request The request.
 * @param origins From where pages may.
 * @param self The server's own origin.
 */
export function isOriginAllowed(
  request: Request,
  origins: Origins,
  self: string,
): boolean {
  const origin = request.headers.get("Origin");
  if (origin === null || origin === self || origins === "*") return true;
  return origins === "loopback" ? isLoopback(origin) : origins.includes(origin);
}

/** Tells the browser that a page may read an answer. Source: WHATWG Fetch, 3.3. */
export function allowOrigin(
  headers: Headers,
  request: Request,
  origins: Origins,
): void {
  const origin = request.headers.get("Origin");
  if (origins === "*") headers.set("Access-Control-Allow-Origin", "*");
  else {
    headers.append("Vary", "Origin");
    if (origin === null) return;
    headers.set("Access-Control-Allow-Origin", origin);
  }
  headers.set("Access-Control-Expose-Headers", exposed);
}

/** Answers a browser that asks what a page may do. */
export function replyPreflight(request: Request): Response {
  const asked = request.headers.get("Access-Control-Request-Headers");
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE",
      "Access-Control-Allow-Headers":
        asked ?? "Authorization, Content-Type, Range",
      "Access-Control-Max-Age": "600",
      Vary: "Access-Control-Request-Headers",
    },
  });
}

/** Whether a request is such a question. */
export function isPreflight(request: Request): boolean {
  return (
    request.method === "OPTIONS" &&
    request.headers.has("Access-Control-Request-Method")
  );
}

function isLoopback(origin: string): boolean {
  return /^https?:\/\/(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/.test(
    origin,
  );
}
