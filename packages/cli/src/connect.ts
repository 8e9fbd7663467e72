import {
  FlowProvider,
  openEmbeddedStore,
  type FlowSession,
} from "@sluice/store";
import { asyncWith } from "sluice";

/** How a store is opened. */
export interface ConnectOptions {
  /** Whether a folder that is not there becomes a store. */
  readonly create: boolean;
}

/** Opens the store of a URL for a block. */
export async function withSession<R>(
  url: string,
  { create }: ConnectOptions,
  work: (session: FlowSession) => Promise<R>,
): Promise<R> {
  const provider = new FlowProvider(url, {
    schemes: { "file:": (place) => openEmbeddedStore(place, { create }) },
  });
  return asyncWith(provider, work);
}
