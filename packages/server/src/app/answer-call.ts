import { replyError, replyRefusal } from "../http/reply-error.ts";
import {
  allowOrigin,
  isOriginAllowed,
  isPreflight,
  replyPreflight,
} from "../http/cors.ts";
import type { AppSetup } from "./app-setup.ts";
import { startCall, type Call } from "./call.ts";

/** What tells whether the server lives, to who has no credentials. */
const open = new Set(["/healthz", "/readyz"]);

/**
 * Answers a request: asks who sends it before anything else, has it answered, and writes
 * down that it was.
 *
 * @param setup The app's.
 * @param request The request.
 * @param route Has it answered by what there is at its path.
 */
export async function answerCall(
  setup: AppSetup,
  request: Request,
  route: (call: Call) => Promise<Response>,
): Promise<Response> {
  const url = new URL(request.url);
  const call = startCall(request, url);
  const start = performance.now();
  setup.metrics.begin();
  let response: Response;
  try {
    response = await admit(setup, { request, url, call }, route);
  } catch (error) {
    setup.logger?.error({ err: error, requestId: call.id }, "failed");
    response = replyError(error, call.id);
  }
  const finished = finish(setup, { request, call }, response);
  const seconds = (performance.now() - start) / 1000;
  const { status } = finished;
  const { method } = request;
  setup.metrics.end({ method, route: call.route, status, seconds });
  // Without the query, which may have credentials in it.
  setup.logger?.info(
    {
      requestId: call.id,
      method,
      path: url.pathname,
      route: call.route,
      status,
      ms: Math.round(seconds * 1000),
      who: call.identity?.name,
    },
    "answered",
  );
  return finished;
}

async function admit(
  setup: AppSetup,
  asked: { readonly request: Request; readonly url: URL; readonly call: Call },
  route: (call: Call) => Promise<Response>,
): Promise<Response> {
  const { request, url, call } = asked;
  const self = (setup.publicUrl ?? url).origin;
  if (!isOriginAllowed(request, setup.origins, self)) {
    return replyRefusal(403, {
      type: "SERVER_FORBIDDEN",
      summary: `Pages of ${request.headers.get("Origin") ?? ""} may not use this server: name it among its origins`,
    });
  }
  if (isPreflight(request)) return replyPreflight(request);
  if (!open.has(url.pathname) && !call.isPresigned) {
    const answer = await setup.authenticate?.(request);
    if (answer instanceof Response) return answer;
    call.identity = answer;
  }
  return route(call);
}

/** Adds what every answer has. */
function finish(
  { origins }: AppSetup,
  { request, call }: { readonly request: Request; readonly call: Call },
  response: Response,
): Response {
  const headers = new Headers(response.headers);
  headers.set("X-Request-Id", call.id);
  // Objects are whatever their writers say: no page is ever made of one.
  headers.set("X-Content-Type-Options", "nosniff");
  if (!headers.has("Content-Security-Policy")) {
    headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
  }
  headers.set("Referrer-Policy", "no-referrer");
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  allowOrigin(headers, request, origins);
  const { status } = response;
  return new Response(response.body, { status, headers });
}
