/**
 * Tells whether a list of entity tags, as `If-Match` and `If-None-Match` have it, names one.
 *
 * Source: RFC 9110, 8.8.3 and 13.1.
 */
export function namesTag(list: string, tag: string): boolean {
  return list
    .split(",")
    .map((each) => each.trim())
    .some((each) => each === "*" || each.replace(/^W\//, "") === tag);
}
