import type { GetUrl } from "@sluice/tams";

/** What URLs of the server's own bytes begin with until it is known who asks where. */
export const mediaScheme = "sluice-media:";

/** Makes a URL of the server's own bytes absolute; leaves others as they are. */
export function resolveMediaUrl(url: string, base: URL): string {
  return url.startsWith(mediaScheme)
    ? new URL(`media/${url.slice(mediaScheme.length)}`, base).href
    : url;
}

/** Makes all of them absolute. */
export function resolveGetUrls(
  urls: readonly GetUrl[],
  base: URL,
): readonly GetUrl[] {
  return urls.map((each) => ({
    ...each,
    url: resolveMediaUrl(each.url, base),
  }));
}
