import type { TagFilter, Tags } from "@sluice/tams";

/**
 * Tells whether a value is the one that is asked for.
 *
 * @param wanted What is asked for; anything, if it is absent.
 * @param value What there is.
 * @returns Whether it is.
 */
export function fits<T>(wanted: T | undefined, value: T | undefined): boolean {
  return wanted === undefined || wanted === value;
}

/**
 * Tells whether tags meet a filter.
 *
 * @param filter All that is asked for.
 * @param tags What there is.
 * @returns Whether they do.
 */
export function fitTags(filter: TagFilter, tags: Tags = {}): boolean {
  const { tags: wanted = {}, tagExists = {} } = filter;
  return (
    Object.entries(wanted).every(([name, values]) =>
      valuesOf(tags, name).some((value) => values.includes(value)),
    ) &&
    Object.entries(tagExists).every(
      ([name, exists]) => Object.hasOwn(tags, name) === exists,
    )
  );
}

function valuesOf(tags: Tags, name: string): readonly string[] {
  const value = Object.hasOwn(tags, name) ? tags[name] : undefined;
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
