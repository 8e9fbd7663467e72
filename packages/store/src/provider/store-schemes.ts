import type { AsyncContextManager } from "sluice";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { FlowStore } from "../port/flow-store.ts";

/** Opens a store for a block. */
export type FlowStoreManager = AsyncContextManager<FlowStore>;

/** Makes the manager of the store that a URL stands for; it does nothing before it is entered. */
export type StoreOpener = (url: string) => FlowStoreManager;

/** Openers by the scheme of their URLs, as `file:`. */
export type StoreSchemes = Readonly<Record<string, StoreOpener>>;

/**
 * Finds the opener of a URL.
 *
 * @throws {InvalidRequestError} If it has no scheme, or nobody knows its scheme.
 */
export function findOpener(url: string, schemes: StoreSchemes): StoreOpener {
  const known = Object.keys(schemes).sort().join(", ");
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(url)?.[0].toLowerCase();
  if (scheme === undefined) {
    throw new InvalidRequestError(
      `Cannot open the store '${url}': it is no URL; a folder is file:${url}`,
    );
  }
  const opener = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (opener !== undefined) return opener;
  throw new InvalidRequestError(
    `Cannot open the store '${url}': nothing is known of ${scheme} URLs; known are ${known}`,
  );
}
