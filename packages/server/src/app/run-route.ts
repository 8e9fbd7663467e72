import { asyncWith, timeout } from "sluice";
import type { Exchange } from "../http/exchange.ts";
import { readPlaces } from "../http/path.ts";
import type { Route } from "../http/route.ts";
import type { AppSetup } from "./app-setup.ts";
import type { Call } from "./call.ts";

/**
 * Has a route answer a request, within the time that requests have.
 *
 * @throws What the route throws; `TimeoutError`, if it takes too long.
 */
export async function runRoute(
  setup: AppSetup,
  route: Route,
  { request, call }: { readonly request: Request; readonly call: Call },
): Promise<Response> {
  call.route = route.path;
  if (!call.isPresigned) {
    const refusal = setup.authorize?.(call.identity, route);
    if (refusal !== undefined) return refusal;
  }
  const exchange = createExchange(setup, route, { request, call });
  if (route.isUntimed === true) {
    const { signal } = new AbortController();
    return route.handle({ ...exchange, signal });
  }
  // Who asks may have gone: what was begun is brought to its end all the same.
  return asyncWith(timeout(setup.limits.requestTimeoutMs), (deadline) =>
    deadline.guard(route.handle({ ...exchange, signal: deadline.signal })),
  );
}

function createExchange(
  setup: AppSetup,
  route: Route,
  { request, call }: { readonly request: Request; readonly call: Call },
): Omit<Exchange, "signal"> {
  const asked = new URL(request.url);
  const base = setup.publicUrl ?? new URL("/", asked);
  const { store, restrict, mediaUrls, limits } = setup;
  const isRestricted = restrict !== undefined && !call.isPresigned;
  return {
    request,
    base,
    url: new URL(`.${asked.pathname}${asked.search}`, base),
    parameters: readPlaces(route.path, asked.pathname),
    identity: call.identity,
    store: isRestricted ? restrict(store, call.identity) : store,
    mediaUrls,
    maxBodyBytes: limits.maxBodyBytes,
    maxObjectBytes: limits.maxObjectBytes,
  };
}
