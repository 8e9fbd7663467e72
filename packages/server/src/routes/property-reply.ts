import { NotFoundError } from "../error/not-found-error.ts";
import { replyJson } from "../http/reply.ts";

/**
 * Answers with a property of a source or a flow.
 *
 * @throws {NotFoundError} If it has none.
 */
export function replyProperty(value: unknown, name: string): Response {
  if (value !== undefined) return replyJson(value);
  throw new NotFoundError(`There is no ${name}: it has not been set`);
}

/** Gives a tag; nothing, if there is none of that name. */
export function findTag<T>(
  tags: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return tags !== undefined && Object.hasOwn(tags, name)
    ? tags[name]
    : undefined;
}
