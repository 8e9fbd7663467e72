const form = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/**
 * Takes a text as a UUID, of any version, in small letters.
 *
 * Source: RFC 9562, section 4.
 *
 * @param name What it stands for, such as `sourceId`.
 * @param text The text.
 * @throws {SyntaxError} If it is no UUID.
 */
export function toUuid(name: string, text: string): string {
  if (form.test(text)) return text;
  const small = text.toLowerCase();
  if (form.test(small)) return small;
  throw new SyntaxError(
    `Cannot use ${JSON.stringify(text.slice(0, 40))} as ${name}: it is no UUID`,
  );
}
