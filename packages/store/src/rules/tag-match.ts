import type { TagFilter, Tags } from "@sluice/tams";

/**
 * Tells whether tags are as a filter asks.
 *
 * @param tags A thing's tags; nothing if it has none.
 * @param filter What is asked for: all of it must be met.
 */
export function matchesTags(
  tags: Tags | undefined,
  { tags: wanted = {}, tagExists = {} }: TagFilter,
): boolean {
  const own = new Map(Object.entries(tags ?? {}));
  return (
    Object.entries(tagExists).every(([name, is]) => own.has(name) === is) &&
    Object.entries(wanted).every(([name, values]) =>
      [own.get(name) ?? []].flat().some((value) => values.includes(value)),
    )
  );
}

/** Tells whether a filter asks for anything. */
export function hasTagFilter(filter: TagFilter | undefined): boolean {
  return Object.keys({ ...filter?.tags, ...filter?.tagExists }).length > 0;
}
