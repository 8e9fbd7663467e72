import { findMismatches, type Mismatch } from "./check.ts";
import type { Program } from "./program.ts";

type Json = string | number | boolean | null | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** Makes a program smaller for as long as it shows a mismatch, if not the same one. */
export async function shrink(mismatch: Mismatch): Promise<Mismatch> {
  let smallest = mismatch;
  for (;;) {
    // A program is JSON, and what is left out of it leaves a program.
    const candidates = listSmallerObjects(
      smallest.program as unknown as JsonObject,
    ) as unknown as Program[];
    const [smaller] = await findMismatches(candidates);
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

/** Lists what a value becomes by one simplification, the smallest first. */
function listSmaller(value: Json): Json[] {
  const smaller = Array.isArray(value)
    ? listSmallerArrays(value)
    : isObject(value)
      ? [...listReplacements(value), ...listSmallerObjects(value)]
      : [];
  return smaller.sort((a, b) => measure(a) - measure(b));
}

function listSmallerArrays(array: Json[]): Json[] {
  return array.flatMap((item, index) => {
    const replace = (...items: Json[]) => array.toSpliced(index, 1, ...items);
    return [
      replace(),
      ...listBodies(item).map((body) => replace(...body)),
      ...listSmaller(item).map((each) => replace(each)),
    ];
  });
}

/** What can stand for a statement of a generator: the statements in it. */
function listBodies(statement: Json): Json[][] {
  if (!isObject(statement) || statement["do"] !== "try") return [];
  const { body, handler, cleanup } = statement;
  return [body, handler, cleanup].filter((each) => Array.isArray(each));
}

/** What can stand for a node of a program of blocks. */
function listReplacements(node: JsonObject): Json[] {
  const { do: kind, body, nodes } = node;
  // What is done with a stack needs one around it.
  const hasScope = kind === "stack" || kind === "popAll";
  const hoisted = hasScope || !isObject(body) ? [] : [body];
  const only = Array.isArray(nodes) && nodes.length === 1 ? nodes : [];
  return [...hoisted, ...only];
}

const SIMPLEST: Readonly<Record<string, string>> = {
  ok: "pass",
  error: "pass",
  enter: "ok",
  close: "end",
};

function listSmallerObjects(object: JsonObject): JsonObject[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const { [key]: _, ...rest } = object;
    const replace = (each: Json) => ({ ...object, [key]: each });
    const simplest = SIMPLEST[key] ?? value;
    const isNode = isObject(value) && "do" in value && value["do"] !== "value";
    return [
      ...(isOptional(object, key) ? [rest] : []),
      ...(simplest === value ? [] : [replace(simplest)]),
      ...(isNode ? [replace({ do: "value", value: 0 })] : []),
      ...listSmaller(value).map(replace),
    ];
  });
}

function isOptional(object: JsonObject, key: string): boolean {
  return (
    key === "inner" ||
    (key === "handler" && "cleanup" in object) ||
    (key === "cleanup" && "handler" in object)
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function measure(value: Json): number {
  return JSON.stringify(value).length;
}
