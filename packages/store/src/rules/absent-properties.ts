/**
 * Gives a document without the properties that are `undefined`: one that is read back is
 * the same then, whatever keeps it.
 */
export function withoutAbsent<T extends object>(document: T): T {
  const copy = { ...document };
  for (const [name, value] of Object.entries(copy)) {
    if (value === undefined) Reflect.deleteProperty(copy, name);
  }
  return copy;
}
