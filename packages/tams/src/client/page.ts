import { stream, type Stream, type StreamOptions } from "sluice";
import type { z } from "zod";
import {
  parsePageHeaders,
  pageOptionsFormat,
  type PageHeaders,
  type PageOptions,
} from "../query/paging.ts";
import { parseDocument } from "../wire/parse-document.ts";
import type { Call, Transport } from "./transport.ts";

/** A part of a listing. */
export interface ListedPage<T> extends PageHeaders {
  /** What there is. */
  readonly items: readonly T[];
}

/** What ends a call early. */
export interface CallOptions {
  /** Ends it: its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/** Asks for one page of a listing. */
export async function requestPage<T>(
  transport: Transport,
  call: Pick<Call, "path"> & { readonly search: URLSearchParams } & CallOptions,
  item: { readonly schema: z.ZodType<readonly T[]>; readonly name: string },
  page: PageOptions,
): Promise<ListedPage<T>> {
  const search = new URLSearchParams(call.search);
  for (const [name, value] of pageOptionsFormat.format(page)) {
    search.set(name, value);
  }
  const { json, headers } = await transport.requestJson({
    method: "GET",
    path: call.path,
    search,
    signal: call.signal,
  });
  return {
    ...parsePageHeaders(headers),
    items: parseDocument(item.schema, json, item.name),
  };
}

/**
 * Makes a stream of a listing: page after page, each asked for when the one before has been
 * read.
 */
export function streamPages<T>(
  request: (page: PageOptions, options: CallOptions) => Promise<ListedPage<T>>,
  options?: StreamOptions,
): Stream<T> {
  return stream<T>(async function* ({ signal }) {
    let next: string | undefined;
    do {
      const found = await request({ page: next }, { signal });
      yield* found.items;
      ({ next } = found);
    } while (next !== undefined);
  }, options);
}
