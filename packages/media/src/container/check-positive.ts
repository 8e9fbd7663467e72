/** @throws {RangeError} If an option is there, and is no positive integer. */
export function checkPositive(name: string, value: number | undefined): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  throw new RangeError(
    `Cannot take ${value} as ${name}: it is no positive integer`,
  );
}
