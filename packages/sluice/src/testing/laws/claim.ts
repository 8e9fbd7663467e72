/** @throws {Error} If the operator did not do what is claimed. */
export function claim(holds: boolean, instead: string): asserts holds {
  if (!holds) throw new Error(createMessage(instead));
}

/**
 * Claims that the operator did as it should; runners show the two values.
 *
 * @param what What there is so much of, or is so.
 * @throws {Error} If it did not.
 */
export function claimSame(
  actual: unknown,
  expected: unknown,
  what: string,
): void {
  if (isSame(actual, expected)) return;
  const message = createMessage(
    `${what}: ${show(actual)}, and not ${show(expected)}`,
  );
  throw Object.assign(new Error(message), { actual, expected });
}

/** Claims the same of lists, where the order does not matter. */
export function claimSameItems(
  actual: readonly unknown[],
  expected: readonly unknown[],
  what: string,
): void {
  const left = [...actual];
  for (const item of expected) {
    const index = left.findIndex((other) => isSame(other, item));
    if (index === -1) claimSame(actual, expected, what);
    left.splice(index, 1);
  }
  if (left.length > 0) claimSame(actual, expected, what);
}

function createMessage(instead: string): string {
  return `Cannot find the law kept: ${instead}`;
}

/** Whether two values are the same, or arrays or records of the same. */
export function isSame(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (!isRecord(first) || !isRecord(second)) return false;
  if (Array.isArray(first) !== Array.isArray(second)) return false;
  const keys = Object.keys(first);
  return (
    keys.length === Object.keys(second).length &&
    keys.every(
      (key) => Object.hasOwn(second, key) && isSame(first[key], second[key]),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (isRecord(value)) {
    const entries = Object.entries(value);
    return `{ ${entries.map(([key, item]) => `${key}: ${show(item)}`).join(", ")} }`;
  }
  return typeof value === "string" ? `"${value}"` : String(value);
}
