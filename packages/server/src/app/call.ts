import type { Identity } from "../http/identity.ts";

/** What is known of a request that is being answered. */
export interface Call {
  /** Its id, in the log and in the answer. */
  readonly id: string;
  /** Who asks. */
  identity: Identity | undefined;
  /** Whether its URL has its credentials in itself. */
  readonly isPresigned: boolean;
  /** Which path it is for, once that is known. */
  route: string;
}

/** Takes down what is known of a request at first. */
export function startCall(request: Request, url: URL): Call {
  const given = request.headers.get("X-Request-Id") ?? "";
  return {
    id: /^[\w-]{1,64}$/.test(given) ? given : crypto.randomUUID(),
    identity: undefined,
    isPresigned:
      url.pathname.startsWith("/media/") && url.searchParams.has("token"),
    route: "none",
  };
}
