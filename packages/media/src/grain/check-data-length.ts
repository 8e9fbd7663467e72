/** A payload, and what kind of grain it is of. */
interface Payload {
  readonly kind: string;
  readonly data: Uint8Array;
}

/**
 * Refuses a payload that is not as long as the grain's header says.
 *
 * @param grain Its kind and payload.
 * @param wanted How long it has to be, if that is known.
 * @throws {RangeError} If there is a payload, and it is longer or shorter.
 */
export function checkDataLength(
  { kind, data }: Payload,
  wanted: number | undefined,
): void {
  const found = data.byteLength;
  if (found === 0 || wanted === undefined || found === wanted) return;
  throw new RangeError(
    `Cannot make this ${kind} grain with ${found} bytes: it has ${wanted}`,
  );
}
