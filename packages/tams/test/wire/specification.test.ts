import { parseDocument, WireError } from "@sluice/tams";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findKind } from "../support/documents.ts";
import {
  compileSchema,
  hasSpecification,
  listExamples,
  readExample,
  whereSpecificationIs,
} from "../support/specification.ts";

describe.skipIf(!hasSpecification)(`documents ${whereSpecificationIs}`, () => {
  it.each(listExamples())("takes %s, and gives it back unchanged", (name) => {
    const example = readExample(name);
    expect(parseDocument(findKind(name).ours, example, name)).toEqual(example);
  });

  // Some examples have dates that are none of RFC 3339: their own schema refuses them.
  const single = listExamples().filter((name) => {
    const { theirs } = findKind(name);
    return theirs !== "" && compileSchema(theirs)(readExample(name));
  });

  it.each(single)("refuses of changed ones of %s what it refuses", (name) => {
    const example = readExample(name);
    const { ours, theirs } = findKind(name);
    const validate = compileSchema(theirs);
    const paths = listPaths(example);
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.constantFrom(...replacements),
        (path, replacement) => {
          const changed = change(example, path, replacement);
          if (isOurs(path, replacement, changed)) return;
          const expected = validate(changed);
          expect(accepts(ours, changed), JSON.stringify(changed)).toBe(
            expected,
          );
        },
      ),
      { numRuns: 120, seed: 1 },
    );
  });
});

const removed = Symbol("removed");

/** What a part of a document is replaced by. */
const replacements: readonly unknown[] = [
  removed,
  null,
  true,
  -1,
  0,
  1.5,
  7,
  "",
  "text",
  "video/mp4",
  "0:0",
  "[0:0_10:0)",
  "2AA143AC-0ab7-4d75-bc32-5c00c13e186f",
  "2aa143ac-0ab7-7d75-bc32-5c00c13e186f",
  "2aa143ac-0ab7-4d75-bc32-5c00c13e186f",
  "2026-01-31T12:00:00Z",
  [],
  {},
  { unknown: 1 },
  ["text"],
];

/** What we know better: see docs/decisions/0071. */
function isOurs(
  path: readonly string[],
  replacement: unknown,
  changed: unknown,
): boolean {
  const last = path.at(-1);
  const root = changed as Record<string, unknown>;
  return (
    // The schema of dates is a hint there, and a rule here.
    /^(created|updated|expiry|time|metadata_updated|segments_updated)$/.test(
      last ?? "",
    ) ||
    // The pattern of ranges lets nothing through, and instants without brackets.
    ((last ?? "").includes("timerange") &&
      (replacement === "" || replacement === "0:0")) ||
    // A link to a profile may be taken away by an empty text.
    (last === "profile_id" && replacement === "") ||
    // Storage that is asked for is for at least one object, and ids are not empty.
    last === "limit" ||
    path.includes("object_ids") ||
    // Both an instance that is copied and one that is elsewhere: the text has "or".
    ("storage_id" in Object(root) && path.length === 0)
  );
}

function accepts(schema: Parameters<typeof parseDocument>[0], value: unknown) {
  try {
    parseDocument(schema, value, "document");
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(WireError);
    return false;
  }
}

function listPaths(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, inner]) =>
      listPaths(inner).map((path) => [key, ...path]),
    ),
  ];
}

function change(
  value: unknown,
  [key, ...rest]: readonly string[],
  replacement: unknown,
): unknown {
  if (key === undefined)
    return replacement === removed ? undefined : replacement;
  const copy: unknown = structuredClone(value);
  if (typeof copy !== "object" || copy === null) return copy;
  const holder = copy as Record<string, unknown>;
  if (rest.length === 0 && replacement === removed) {
    if (Array.isArray(copy)) copy.splice(Number(key), 1);
    else Reflect.deleteProperty(holder, key);
  } else holder[key] = change(holder[key], rest, replacement);
  return copy;
}
