import type { FlowStore } from "@sluice/store";
import type { Authenticate } from "../auth/create-authentication.ts";
import { asksNobody } from "../auth/without-authentication.ts";
import { toBase } from "../http/base-url.ts";
import type { Origins } from "../http/cors.ts";
import { MediaUrls } from "../media/media-urls.ts";
import { ServerMetrics } from "../observe/server-metrics.ts";
import type { AppOptions, ServerLimits } from "./app-options.ts";

/** What an app works with: the options, with nothing left open. */
export interface AppSetup extends Pick<
  AppOptions,
  "authenticate" | "authorize" | "restrict" | "logger"
> {
  readonly store: FlowStore;
  readonly mediaUrls: MediaUrls;
  readonly publicUrl: URL | undefined;
  readonly origins: Origins;
  readonly limits: Required<ServerLimits>;
  readonly metrics: ServerMetrics;
}

const defaultLimits: Required<ServerLimits> = {
  maxBodyBytes: 16 * 1024 * 1024,
  maxObjectBytes: Infinity,
  requestTimeoutMs: 30_000,
};

/**
 * Completes and checks the options of an app.
 *
 * @throws {RangeError} If a limit is not above 0.
 * @throws {TypeError} If the public URL is none.
 */
export function toAppSetup(store: FlowStore, options: AppOptions): AppSetup {
  const limits = { ...defaultLimits, ...options.limits };
  for (const [name, value] of Object.entries(limits)) {
    if (value > 0) continue;
    throw new RangeError(`Cannot take ${value} as ${name}: it must be above 0`);
  }
  const { authenticate, authorize, restrict, logger, origins } = options;
  return {
    store,
    authenticate,
    authorize,
    restrict,
    logger,
    mediaUrls: options.mediaUrls ?? new MediaUrls(),
    publicUrl: toBase(options.publicUrl),
    origins: origins ?? (asksSomebody(authenticate) ? "*" : "loopback"),
    limits,
    metrics: new ServerMetrics({ ofProcess: options.processMetrics ?? false }),
  };
}

function asksSomebody(authenticate: Authenticate | undefined): boolean {
  return authenticate !== undefined && !asksNobody(authenticate);
}
