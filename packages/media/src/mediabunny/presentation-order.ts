import { FormatError } from "../error/format-error.ts";
import type { Grain } from "../grain/grain.ts";

/**
 * How many pictures can at most be decoded before one that is presented before them all.
 *
 * Source: ITU-T H.264 and H.265: a buffer of decoded pictures holds 16.
 */
export const mostReordered = 16;

/**
 * Puts grains into the order of presentation. Holds 17 of them.
 *
 * @param grains In the order of decoding.
 * @throws {FormatError} If more are reordered than any decoder could.
 */
export async function* inPresentationOrder(
  grains: AsyncIterable<Grain>,
): AsyncGenerator<Grain, void, undefined> {
  const held: Grain[] = [];
  let last: Grain | undefined;
  for await (const grain of grains) {
    const start = grain.originTimestamp;
    if (last?.originTimestamp.isAfter(start) === true) {
      throw new FormatError({
        code: "MEDIA_MALFORMED",
        format: "pictures",
        problem: `the one presented at ${start} comes after more than ${mostReordered} that are presented later`,
      });
    }
    // Most come behind all others, or nearly so.
    let place = held.length;
    while (held[place - 1]?.originTimestamp.isAfter(start) === true) place -= 1;
    held.splice(place, 0, grain);
    if (held.length <= mostReordered) continue;
    last = held.shift();
    if (last !== undefined) yield last;
  }
  yield* held;
}
