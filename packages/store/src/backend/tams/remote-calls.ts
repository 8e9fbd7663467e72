import type { ListedPage, PageOptions, TamsClient } from "@sluice/tams";
import { ResponseError } from "@sluice/tams";
import { ReadOnlyFlowError } from "../../error/read-only-flow-error.ts";
import type { Page } from "../../model/page.ts";
import type { OpenState } from "../../rules/open-state.ts";
import {
  createNotFound,
  getOwnType,
  toStoreError,
  type Subject,
} from "./refusals.ts";

/** Calls of a service while the store is open, with the errors that every store has. */
export class RemoteCalls {
  /** What makes requests. */
  readonly client: TamsClient;
  /** Whether the store is open. */
  readonly open: OpenState;
  /** The service, as what a call is about. */
  readonly service: Subject;

  /**
   * @param client What makes requests.
   * @param open Whether the store is open.
   * @param url The service's URL, as it is told in errors.
   */
  constructor(client: TamsClient, open: OpenState, url: string) {
    this.client = client;
    this.open = open;
    this.service = { kind: "service", id: url };
  }

  /**
   * Makes calls.
   *
   * @param subject What they are about.
   * @param work Makes them; it passes the signal on.
   * @param signal The caller's own.
   */
  run<T>(
    subject: Subject,
    work: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.open.run(async (either) => {
      // There is no URL of it, so that there is no such thing.
      if (isUnnamable(subject.id)) throw createNotFound(subject);
      try {
        return await work(either);
      } catch (error) {
        throw toStoreError(error, subject);
      }
    }, signal);
  }

  /** Makes calls that change a flow, which it may not let itself be. */
  change<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.run({ kind: "flow", id }, async (signal) => {
      try {
        return await work(signal);
      } catch (error) {
        if (await this.#isReadOnly(id, error, signal)) {
          throw new ReadOnlyFlowError(id);
        }
        throw error;
      }
    });
  }

  /**
   * Takes something away from what a call is about. That it is not there is no error: only that
   * what it was to be taken from is not.
   */
  async takeAway(
    remove: () => Promise<void>,
    lookForOwner: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await remove();
    } catch (error) {
      if (!(error instanceof ResponseError) || error.status !== 404)
        throw error;
      await lookForOwner();
    }
  }

  /** Others answer with 403 for two reasons, which the flow itself tells apart. */
  async #isReadOnly(
    id: string,
    error: unknown,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (!(error instanceof ResponseError) || error.status !== 403) return false;
    if (getOwnType(error) !== undefined) return false;
    try {
      return (await this.client.flows.get(id, { signal })).read_only === true;
    } catch {
      signal.throwIfAborted();
      // Who may not look is told of what was refused at first.
      return false;
    }
  }
}

/** Makes a store's page of a service's. */
export function toPage<T>(
  { items, next, limit }: ListedPage<T>,
  asked: PageOptions = {},
): Page<T> {
  return { items, next, limit: limit ?? asked.limit ?? items.length };
}

/** Whether a text cannot be a part of a URL's path: it would change what the path means. */
export function isUnnamable(text: string): boolean {
  return /^\.{0,2}$/.test(text);
}
