import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  AddressGuard,
  authorizeByScope,
  createAuthentication,
  MediaUrls,
  openDispatcher,
  withoutAuthentication,
  type Authenticate,
} from "@sluice/server";
import { serve, type ServeOptions } from "@sluice/server/node";
import {
  FlowProvider,
  openEmbeddedStore,
  openMemoryStore,
} from "@sluice/store";
import type { Command } from "commander";
import { pino } from "pino";
import { asyncWith, nullContext } from "sluice";
import { showOne } from "../output/show.ts";
import { readServeSettings, type ServeSettings } from "../serve-settings.ts";
import { UsageError } from "../usage-error.ts";
import type { CommandContext, Plan } from "../work.ts";

interface ServeWords {
  readonly host?: string;
  readonly port?: string;
  readonly token?: string;
  readonly auth: boolean;
  readonly publicUrl?: string;
  readonly origins?: string;
  readonly webhookHosts?: string;
  readonly logLevel?: string;
  readonly config?: string;
}

/** `serve`: the store as a TAMS service, until it is interrupted. */
export function addServe(program: Command, plan: Plan): Command {
  return program
    .command("serve")
    .description("serve the store by HTTP, as a TAMS 8.2 service")
    .option("--host <address>", "where it listens; 127.0.0.1 by default")
    .option("--port <number>", "the port; 4010 by default, 0 for any")
    .option("--token <text>", "lets one do everything; made if there is none")
    .option("--no-auth", "let everyone on this machine do everything")
    .option("--public-url <url>", "where others see it, behind a proxy")
    .option("--origins <list>", "from where pages may use it")
    .option(
      "--webhook-hosts <list>",
      "private hosts that may be told of changes",
    )
    .option("--log-level <word>", "debug, info, warn, error or silent")
    .option("--config <file>", "settings, as JSON; SLUICE_PORT and so on too")
    .action((words: ServeWords, command: Command) => {
      const isGiven = command.getOptionValueSource("store") === "cli";
      plan(async (context) => {
        const { host, port, token, publicUrl, origins } = words;
        const { logLevel, webhookHosts } = words;
        const settings = await readServeSettings(
          {
            ...{ host, port, token, publicUrl, origins },
            ...{ logLevel, webhookHosts },
            // Without `--no-auth` it is true, which says nothing.
            auth: words.auth ? undefined : "none",
            store: isGiven ? context.store : undefined,
          },
          { env: context.io.env ?? {}, file: words.config },
        );
        await serveStore(context, settings);
        return undefined;
      });
    });
}

async function serveStore(
  context: CommandContext,
  settings: ServeSettings,
): Promise<void> {
  const { io } = context;
  const mediaUrls = new MediaUrls({
    ...(settings.urlKey !== undefined && {
      key: new TextEncoder().encode(settings.urlKey),
    }),
  });
  const token = settings.token ?? randomBytes(24).toString("base64url");
  const options: ServeOptions = {
    ...whoMay(settings, token),
    mediaUrls,
    host: settings.host,
    port: settings.port,
    publicUrl: settings.publicUrl,
    logger: pino({ level: settings.logLevel }, io.stderr),
  };
  const { createUrls } = mediaUrls;
  const guard = new AddressGuard({ allowedHosts: settings.webhookHosts });
  const webhooks = { checkUrl: guard.checkUrl };
  const provider = new FlowProvider(settings.store, {
    schemes: {
      "file:": (place) => openEmbeddedStore(place, { createUrls, webhooks }),
      "memory:": () => openMemoryStore({ createUrls, webhooks }),
    },
  });
  await asyncWith(provider, ({ store }) =>
    asyncWith(serve(store, options), ({ url }) => {
      const publicUrl = settings.publicUrl ?? url;
      const { events } = store;
      const telling =
        events === undefined
          ? nullContext()
          : openDispatcher({ events }, { publicUrl, guard });
      return asyncWith(telling, async () => {
        await tell(context, { url, settings, token });
        if (!io.signal.aborted) await once(io.signal, "abort");
      });
    }),
  );
}

function whoMay(
  { auth, host, origins }: ServeSettings,
  token: string,
): Pick<ServeOptions, "authenticate" | "authorize" | "origins"> {
  if (auth === "none") {
    return {
      authenticate: forThisMachine(host),
      origins: origins ?? "loopback",
    };
  }
  return {
    authenticate: createAuthentication({
      tokens: [
        { token, name: "sluice", scopes: ["read", "write", "delete", "admin"] },
      ],
    }),
    authorize: authorizeByScope,
    origins: origins === undefined || origins.includes("*") ? "*" : origins,
  };
}

/** @throws {UsageError} If others than this machine reach the address. */
function forThisMachine(host: string): Authenticate {
  try {
    return withoutAuthentication({ host });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}

async function tell(
  context: CommandContext,
  {
    url,
    settings: { store, auth, token: given },
    token,
  }: {
    readonly url: string;
    readonly settings: ServeSettings;
    readonly token: string;
  },
): Promise<void> {
  // One that is known is not shown again.
  const isNew = auth === "token" && given === undefined;
  await showOne(context, { url, store, auth, ...(isNew && { token }) }, [
    `Serving ${store} at ${url}`,
    auth === "none"
      ? "Everyone on this machine may do everything"
      : isNew
        ? `Token:  ${token}`
        : "The token is the one that was set",
    "Stop it with Ctrl-C",
  ]);
}
