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
  try {
    for await (const grain of grains) {
      checkPlace(grain, last);
      insert(held, grain);
      if (held.length <= mostReordered) continue;
      last = held.shift();
      if (last !== undefined) yield last;
    }
  } catch (error) {
    // Those before the fault are right.
    yield* held;
    throw error;
  }
  yield* held;
}

/** Puts a grain behind those that are not presented after it; most come last, or nearly. */
function insert(held: Grain[], grain: Grain): void {
  const start = grain.originTimestamp;
  let place = held.length;
  while (held[place - 1]?.originTimestamp.isAfter(start) === true) place -= 1;
  held.splice(place, 0, grain);
}

function checkPlace(grain: Grain, last: Grain | undefined): void {
  const start = grain.originTimestamp;
  if (last?.originTimestamp.isAfter(start) !== true) return;
  throw new FormatError({
    code: "MEDIA_MALFORMED",
    format: "pictures",
    problem: `the one presented at ${start} comes after more than ${mostReordered} that are presented later`,
  });
}
