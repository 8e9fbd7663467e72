import { readFile } from "node:fs/promises";
import { z } from "zod";
import { UsageError } from "./usage-error.ts";

/** How `serve` was asked to serve. */
export interface ServeSettings {
  /** The store's URL. */
  readonly store: string;
  /** The address that it listens on. */
  readonly host: string;
  /** The port; 0 is any that is free. */
  readonly port: number;
  /** `token`, or `none`, for who alone is on this machine. */
  readonly auth: "token" | "none";
  /** The token that lets one do everything; one is made if there is none. */
  readonly token?: string | undefined;
  /** Where others see it, behind a proxy. */
  readonly publicUrl?: string | undefined;
  /** From where pages may use it. */
  readonly origins?: readonly string[] | undefined;
  /** Hosts in private networks that subscribers may be at. */
  readonly webhookHosts?: readonly string[] | undefined;
  /** What URLs of bytes are signed with; made anew if there is none. */
  readonly urlKey?: string | undefined;
  /** How much is written into the log. */
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** Settings, as they are found: each with the name that it has there. */
type Found = Readonly<Record<string, unknown>>;

const settings = {
  store: z.string().min(1),
  host: z.string().min(1),
  port: z
    .union([z.number(), z.string().regex(/^\d+$/u).transform(Number)])
    .pipe(z.number().int().min(0).max(65_535)),
  auth: z.enum(["token", "none"]),
  token: z.string().min(16, "is too short: take 16 characters or more"),
  publicUrl: z.url({ protocol: /^https?$/ }),
  origins: z.union([z.array(z.string()), z.string().transform(splitList)]),
  webhookHosts: z.union([z.array(z.string()), z.string().transform(splitList)]),
  urlKey: z.string().min(32, "is too short: take 32 characters or more"),
  logLevel: z.enum(["debug", "info", "warn", "error", "silent"]),
};

const variables: Readonly<Record<keyof typeof settings, string>> = {
  store: "SLUICE_STORE",
  host: "SLUICE_HOST",
  port: "SLUICE_PORT",
  auth: "SLUICE_AUTH",
  token: "SLUICE_TOKEN",
  publicUrl: "SLUICE_PUBLIC_URL",
  origins: "SLUICE_ORIGINS",
  webhookHosts: "SLUICE_WEBHOOK_HOSTS",
  urlKey: "SLUICE_URL_KEY",
  logLevel: "SLUICE_LOG_LEVEL",
};

const schema = z.strictObject({
  store: settings.store.default("file:./sluice-data"),
  host: settings.host.default("127.0.0.1"),
  port: settings.port.default(4010),
  auth: settings.auth.default("token"),
  token: settings.token.optional(),
  publicUrl: settings.publicUrl.optional(),
  origins: settings.origins.optional(),
  webhookHosts: settings.webhookHosts.optional(),
  urlKey: settings.urlKey.optional(),
  logLevel: settings.logLevel.default("info"),
});

/**
 * Puts settings together: the command line's come first, then the environment's, then those
 * of a file.
 *
 * @param words The command line's.
 * @param places The environment; and the name of a file of JSON, if there is one.
 * @throws {UsageError} If one is wrong; it tells where it was found.
 */
export async function readServeSettings(
  words: Found,
  {
    env,
    file,
  }: {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly file: string | undefined;
  },
): Promise<ServeSettings> {
  const fromFile = file === undefined ? {} : await readSettingsFile(file);
  const fromEnv = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      // An empty one says nothing, as in a compose file.
      env[variable] === "" ? undefined : env[variable],
    ]),
  );
  const all = { ...fromFile, ...present(fromEnv), ...present(words) };
  const result = schema.safeParse(all);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    if (issue.code === "unrecognized_keys") {
      return `'${issue.keys.join("', '")}' of ${file ?? ""} is nothing that can be set`;
    }
    const name = String(issue.path[0]);
    const place = describePlace(name, { words, fromEnv, file });
    return `${place} ${issue.message.replace(/^(?!is )/u, "is wrong: ")}`;
  });
  throw new UsageError(`Cannot serve so: ${problems.join("; ")}`);
}

async function readSettingsFile(file: string): Promise<Found> {
  const text = await readFile(file, "utf8");
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw new UsageError(
      `Cannot read '${file}': it is no JSON object, such as {"port": 4010}`,
      { cause },
    );
  }
}

function describePlace(
  name: string,
  {
    words,
    fromEnv,
    file,
  }: {
    readonly words: Found;
    readonly fromEnv: Found;
    readonly file: string | undefined;
  },
): string {
  if (words[name] !== undefined) {
    return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
  }
  if (fromEnv[name] !== undefined) {
    return Object.entries(variables).find(([one]) => one === name)?.[1] ?? name;
  }
  return `'${name}' of ${file ?? ""}`;
}

function present(found: Found): Found {
  return Object.fromEntries(
    Object.entries(found).filter(([, value]) => value !== undefined),
  );
}

function splitList(text: string): string[] {
  return text.split(",").map((each) => each.trim());
}
