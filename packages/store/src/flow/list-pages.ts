import type { PageOptions } from "@sluice/tams";
import { stream, type Stream, type StreamOptions } from "sluice";
import type { Page } from "../model/page.ts";

/**
 * Makes one stream of a listing that comes in pages; the next page is loaded when the one
 * before has been read.
 *
 * @param load Loads a page.
 * @param options Those of the stream.
 */
export function listPages<T>(
  load: (page: PageOptions) => Promise<Page<T>>,
  options?: StreamOptions,
): Stream<T> {
  return stream(async function* ({ guard }) {
    let page: string | undefined;
    do {
      const found = await guard(load(page === undefined ? {} : { page }));
      yield found.items;
      page = found.next;
    } while (page !== undefined);
  }, options).flatMap((items) => items);
}
