import { isUuid } from "@sluice/tams";
import { NotFoundError } from "../error/not-found-error.ts";

/** Places whose text is free; all others are UUIDs. */
const freePlaces = new Set(["name", "objectId", "key"]);

/**
 * Reads what stands in the places of a path. It is split before it is decoded, and decoded
 * once: ids of objects and names of tags may have `/`, `%`, `?`, `#` and `+` in them.
 *
 * Source: TAMS 8.2, which has a malformed id answered as one that is not there.
 *
 * @param pattern The path of a route.
 * @param pathname The path of a request, as it was sent.
 * @returns The texts, by the names of their places.
 * @throws {NotFoundError} If a place is badly encoded, or is no UUID where it has to be.
 */
export function readPlaces(
  pattern: string,
  pathname: string,
): Readonly<Record<string, string>> {
  const raw = pathname.split("/");
  const places: Record<string, string> = {};
  for (const [index, piece] of pattern.split("/").entries()) {
    const name = /^\{(.*)\}$/.exec(piece)?.[1];
    if (name === undefined) continue;
    const value = decode(raw[index] ?? "");
    if (!freePlaces.has(name) && !isUuid(value)) {
      throw new NotFoundError(
        `There is nothing at '${pathname}': '${value}' is no UUID of version 1 to 5 in small letters`,
      );
    }
    places[name] = value;
  }
  return places;
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch (cause) {
    throw new NotFoundError(
      `There is nothing at '${piece}': it is not encoded as paths are`,
      { cause },
    );
  }
}
