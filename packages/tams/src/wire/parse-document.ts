import type { z } from "zod";
import { WireError, type WireProblem } from "../error/wire-error.ts";

/**
 * Checks that a value, as `JSON.parse` gives it, is a document of a kind. What a schema does
 * not name is kept where the specification lets it be there.
 *
 * @param schema Which kind: one of the schemas of this package.
 * @param value The value.
 * @param name What the error's message calls it.
 * @returns The document.
 * @throws {WireError} If it does not follow the schema; it names every place.
 *
 * @example A source
 * ```ts
 * import { parseDocument, sourceSchema, WireError } from "@sluice/tams";
 * import assert from "node:assert/strict";
 *
 * const id = "2aa143ac-0ab7-4d75-bc32-5c00c13e186f";
 * const format = "urn:x-nmos:format:video";
 * assert.equal(parseDocument(sourceSchema, { id, format }, "source").id, id);
 * assert.throws(() => parseDocument(sourceSchema, { id }, "source"), WireError);
 * ```
 */
export function parseDocument<T>(
  schema: z.ZodType<T>,
  value: unknown,
  name: string,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new WireError(name, result.error.issues.map(toProblem), {
    cause: result.error,
  });
}

function toProblem({ path, message }: z.core.$ZodIssue): WireProblem {
  return {
    path: path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    problem: /^(is|must) /.test(message) ? message : `is wrong: ${message}`,
  };
}
