import type { Tags } from "@sluice/tams";

/**
 * Sets a tag, or takes it away.
 *
 * @param tags The tags before.
 * @param name The tag's name; any text.
 * @param value What it is; nothing, to take it away.
 * @returns The tags after.
 */
export function withTag(
  tags: Tags | undefined,
  name: string,
  value: Tags[string] | undefined,
): Tags {
  const all = new Map(Object.entries(tags ?? {}));
  if (value === undefined) all.delete(name);
  else all.set(name, value);
  return Object.fromEntries(all);
}
