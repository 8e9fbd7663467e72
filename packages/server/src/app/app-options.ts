import type { FlowStore } from "@sluice/store";
import type { Logger } from "pino";
import type { Origins } from "../http/cors.ts";
import type { Identity } from "../http/identity.ts";
import type { Route } from "../http/route.ts";
import type { MediaUrls } from "../media/media-urls.ts";

/** How much a server takes. */
export interface ServerLimits {
  /** How many bytes a JSON body has at most; 16 MiB by default. */
  readonly maxBodyBytes?: number;
  /** How many bytes an object has at most that is written here; any number by default. */
  readonly maxObjectBytes?: number;
  /** How long a request is worked on, in milliseconds; 30 s by default. Bytes may take longer. */
  readonly requestTimeoutMs?: number;
}

/** How a store is served. */
export interface AppOptions {
  /**
   * Asks who sends a request, before anything else is looked at. A `Response` (401, with
   * `WWW-Authenticate`) refuses it. By default everyone may do everything: for servers that
   * only this machine reaches, and tests.
   */
  readonly authenticate?:
    ((request: Request) => Promise<Identity | Response>) | undefined;
  /**
   * Decides whether somebody may use a verb on a path at all, before the request's body is
   * looked at. A `Response` (403) refuses it. By default they may.
   */
  readonly authorize?:
    | ((
        identity: Identity | undefined,
        route: Pick<Route, "method" | "path">,
      ) => Response | undefined)
    | undefined;
  /** Gives the store as somebody may see it; all of it by default. */
  readonly restrict?:
    | ((store: FlowStore, identity: Identity | undefined) => FlowStore)
    | undefined;
  /**
   * What makes URLs of bytes: that whose `createUrls` the store was opened with. By default
   * one of its own, with which bytes can be written, and segments have no URLs.
   */
  readonly mediaUrls?: MediaUrls | undefined;
  /** Where others see the API, behind a proxy; by default, where the request was sent to. */
  readonly publicUrl?: string | URL | undefined;
  /**
   * From where pages in browsers may use the API: origins; `*` for all; `loopback` for those
   * of this machine. By default all, if
   * `authenticate` asks who they are; if not, those of this machine.
   */
  readonly origins?: Origins | undefined;
  /** How much is taken. */
  readonly limits?: ServerLimits | undefined;
  /** Is told of every request, and of what fails. */
  readonly logger?: Logger | undefined;
  /** Whether `/metrics` tells of the process as well; false by default. */
  readonly processMetrics?: boolean | undefined;
}

/** Answers requests. */
export type App = (request: Request) => Promise<Response>;
