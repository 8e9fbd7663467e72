const format =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Writes a date so that texts in the order of letters are in the order of time: in UTC, with
 * nine digits of the second's fraction.
 *
 * @param text A date of RFC 3339.
 * @returns The text; nothing, if it is no such date.
 */
export function toSortableTime(text: string): string | undefined {
  const [, base, fraction = "", zone] = format.exec(text) ?? [];
  if (base === undefined || zone === undefined) return undefined;
  const time = Date.parse(`${base}${zone}`.toUpperCase());
  if (Number.isNaN(time)) return undefined;
  const seconds = new Date(time).toISOString().slice(0, -".000Z".length);
  return `${seconds}.${fraction.padEnd(9, "0").slice(0, 9)}`;
}
