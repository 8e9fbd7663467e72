/**
 * Gives the URL that paths of the API are behind: it ends with `/`.
 *
 * @throws {TypeError} If it is none of http: or https:.
 */
export function toBase(url: string | URL): URL;
export function toBase(url: string | URL | undefined): URL | undefined;
export function toBase(url: string | URL | undefined): URL | undefined {
  if (url === undefined) return undefined;
  const base = new URL(url);
  if (base.protocol !== "http:" && base.protocol !== "https:") {
    throw new TypeError(
      `Cannot be seen at '${base.href}': a public URL is one of http: or https:`,
    );
  }
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  base.search = "";
  base.hash = "";
  return base;
}
