import type { GetUrl } from "@sluice/tams";

/** What URLs of the server's own bytes begin with until it is known who asks where. */
export const mediaScheme = "sluice-media:";

/** Makes a URL of the server's own bytes absolute; leaves others as they are. */
export function resolveMediaUrl(url: string, base: URL): string {
  return url.startsWith(mediaScheme)
    ? new URL(`media/${url.slice(mediaScheme.length)}`, base).href
    : url;
}

/** What has URLs, and may need an initialisation object, which has some too. */
interface WithUrls {
  readonly get_urls?: readonly GetUrl[] | undefined;
  readonly init_object?:
    { readonly get_urls?: readonly GetUrl[] | undefined } | undefined;
}

/** Makes all URLs of a segment, or an object, absolute. */
export function resolveAllUrls<T extends WithUrls>(thing: T, base: URL): T {
  const { get_urls: urls, init_object: init } = thing;
  return {
    ...thing,
    ...(urls !== undefined && { get_urls: resolveGetUrls(urls, base) }),
    ...(init?.get_urls !== undefined && {
      init_object: { ...init, get_urls: resolveGetUrls(init.get_urls, base) },
    }),
  };
}

function resolveGetUrls(urls: readonly GetUrl[], base: URL): readonly GetUrl[] {
  return urls.map((each) => ({
    ...each,
    url: resolveMediaUrl(each.url, base),
  }));
}
