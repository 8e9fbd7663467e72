/** When pictures are decoded, and presented, in ticks. */
export interface PictureTicks {
  /** When it is presented. */
  readonly presentation: bigint;
  /** When it is decoded, if that is known. */
  readonly decode: bigint | undefined;
}

/** When pictures are decoded, in ticks. */
export interface DecodeTicks {
  /** One for each picture. */
  readonly ticks: readonly bigint[];
  /** How far the first is decoded before the first is presented. */
  readonly delay: bigint;
}

/**
 * Finds when pictures are decoded: as they say, if all do so and it can be; or else each
 * when that of its place is presented, less what the one that comes latest needs.
 *
 * For a constant rate that is what encoders write. Where times of decoding are not told,
 * they have to be the same for what is written now and what was written before: so the
 * delay is never less than it was.
 *
 * @param pictures In the order of decoding.
 * @param leastDelay The delay of the pictures before.
 */
export function findDecodeTicks(
  pictures: readonly PictureTicks[],
  leastDelay: bigint,
): DecodeTicks {
  const sorted = pictures
    .map(({ presentation }) => presentation)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const first = sorted[0] ?? 0n;
  const told = findTold(pictures);
  if (told !== undefined) {
    return { ticks: told, delay: first - (told[0] ?? first) };
  }
  let delay = leastDelay;
  for (const [index, { presentation }] of pictures.entries()) {
    const late = (sorted[index] ?? 0n) - presentation;
    if (late > delay) delay = late;
  }
  return { ticks: sorted.map((tick) => tick - delay), delay };
}

function findTold(pictures: readonly PictureTicks[]): bigint[] | undefined {
  const told: bigint[] = [];
  for (const { presentation, decode } of pictures) {
    const last = told.at(-1);
    if (decode === undefined || decode > presentation) return undefined;
    if (last !== undefined && decode <= last) return undefined;
    told.push(decode);
  }
  return told;
}
