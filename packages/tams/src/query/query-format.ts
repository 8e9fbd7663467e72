import { QueryError } from "../error/query-error.ts";
import type { Parameter } from "./parameter.ts";
import type { TagFilter } from "./tag-filter.ts";

/** For each property of a query, the parameter that has it. */
export type Parameters<Q> = {
  readonly [K in keyof Q]-?: readonly [
    name: string,
    kind: Parameter<NonNullable<Q[K]>>,
  ];
};

/** How a query is written in a URL, and read from it. */
export interface QueryFormat<Q> {
  /**
   * Reads a query. What is not of it is passed over.
   *
   * @throws {QueryError} If a value cannot be that of its parameter.
   */
  parse(search: URLSearchParams): Q;
  /** Writes a query. */
  format(query: Q): URLSearchParams;
}

/** Makes the format of a query whose properties are single parameters. */
export function createQueryFormat<Q extends object>(
  parameters: Parameters<Q>,
): QueryFormat<Q> {
  const entries = Object.entries(parameters) as [
    keyof Q,
    readonly [string, Parameter<unknown>],
  ][];
  return {
    parse: (search) => {
      const query: Partial<Q> = {};
      for (const [property, [name, kind]] of entries) {
        const value = findOne(search, name);
        if (value === undefined) continue;
        // The table has for each property a parameter of its type.
        query[property] = kind.parse(value, name) as Q[keyof Q];
      }
      // A query's properties may all be absent.
      return query as Q;
    },
    format: (query) => {
      const search = new URLSearchParams();
      for (const [property, [name, kind]] of entries) {
        const value = query[property];
        if (value !== undefined) search.set(name, kind.format(value));
      }
      return search;
    },
  };
}

/**
 * Reads the tags that are asked for, such as `tag.genre=news,sport` and
 * `tag_exists.genre=true`.
 *
 * @param prefix What is before `tag`: nothing, `flow_` or `storage_backend_`.
 * @throws {QueryError} If whether a tag exists is neither true nor false.
 */
export function parseTagFilter(
  search: URLSearchParams,
  prefix: string,
): TagFilter {
  // Entries, since a tag may be named `__proto__`.
  const tags: [string, readonly string[]][] = [];
  const tagExists: [string, boolean][] = [];
  for (const [name, value] of search) {
    if (name.startsWith(`${prefix}tag.`)) {
      tags.push([name.slice(prefix.length + 4), value.split(",")]);
    } else if (name.startsWith(`${prefix}tag_exists.`)) {
      const word = value.toLowerCase();
      if (word !== "true" && word !== "false") {
        throw new QueryError(name, value, "it is neither true nor false");
      }
      tagExists.push([name.slice(prefix.length + 11), word === "true"]);
    }
  }
  return {
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
    ...(tagExists.length > 0 && { tagExists: Object.fromEntries(tagExists) }),
  };
}

/** Writes the tags that are asked for. */
export function formatTagFilter(
  search: URLSearchParams,
  prefix: string,
  filter: TagFilter,
): void {
  for (const [name, values] of Object.entries(filter.tags ?? {})) {
    search.set(`${prefix}tag.${name}`, values.join(","));
  }
  for (const [name, exists] of Object.entries(filter.tagExists ?? {})) {
    search.set(`${prefix}tag_exists.${name}`, String(exists));
  }
}

function findOne(search: URLSearchParams, name: string): string | undefined {
  return search.get(name) ?? undefined;
}
