import type { FlowStore } from "@sluice/store";
import type { MediaUrls } from "../media/media-urls.ts";
import type { Identity } from "./identity.ts";

/** One request, as the handler of a path gets it. */
export interface Exchange {
  /** The request itself. */
  readonly request: Request;
  /** What was asked for, as others see it: absolute, with its query. */
  readonly url: URL;
  /** Where the API begins, as others see it; ends with `/`. */
  readonly base: URL;
  /** What stood in the places of the path, decoded once. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Who asks; nothing, if nobody is asked who they are. */
  readonly identity: Identity | undefined;
  /** The store, as who asks may see it. */
  readonly store: FlowStore;
  /** What makes and checks URLs of bytes. */
  readonly mediaUrls: MediaUrls;
  /** How many bytes a JSON body has at most. */
  readonly maxBodyBytes: number;
  /** How many bytes an object has at most. */
  readonly maxObjectBytes: number;
  /** Aborts when the time is up that requests have. */
  readonly signal: AbortSignal;
}

/** Gives a place of the path, which its route has. */
export function getParameter(
  { parameters }: Pick<Exchange, "parameters">,
  name: string,
): string {
  const value = parameters[name];
  if (value !== undefined) return value;
  throw new TypeError(`Cannot give '${name}': the path has no such place`);
}

/** Gives who is written down as who did it. */
export function getActor({ identity }: Pick<Exchange, "identity">): {
  readonly actor?: string;
} {
  return identity?.name === undefined ? {} : { actor: identity.name };
}
