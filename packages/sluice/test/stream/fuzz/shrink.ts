import { findMismatch, type Mismatch } from "./check.ts";
import { listBreaches } from "./compare.ts";
import type { Program } from "./program.ts";

type Json = string | number | boolean | null | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

/** Makes a program smaller for as long as it shows a mismatch of the same sort. */
export async function shrink(mismatch: Mismatch): Promise<Mismatch> {
  const sort = nameSort(mismatch);
  let smallest = mismatch;
  for (;;) {
    const smaller = await findFirst(
      listSmallerPrograms(smallest.program),
      sort,
    );
    if (smaller === undefined) return smallest;
    smallest = smaller;
  }
}

async function findFirst(
  programs: readonly Program[],
  sort: string,
): Promise<Mismatch | undefined> {
  for (const program of programs) {
    const mismatch = await tryOut(program);
    if (mismatch !== undefined && nameSort(mismatch) === sort) return mismatch;
  }
  return undefined;
}

async function tryOut(program: Program): Promise<Mismatch | undefined> {
  try {
    return await findMismatch(program);
  } catch {
    // What was left out was needed: it is no program any more.
    return undefined;
  }
}

/** Names what is unequal about a mismatch, without the names of the program's parts. */
function nameSort({ program, ours, expected }: Mismatch): string {
  const breaches = [ours, expected].map((result) =>
    listBreaches(program.kind, result),
  );
  const [breach] = breaches.flat();
  if (breach !== undefined) return breach.replace(/^\w+/, "");
  return ours.late.join() === expected.late.join() ? "log" : "late";
}

function listSmallerPrograms(program: Program): Program[] {
  // A program is JSON, and what is left out of it leaves a program.
  const smaller = listSmallerObjects(program as unknown as JsonObject);
  return smaller.sort(
    (a, b) => measure(a) - measure(b),
  ) as unknown as Program[];
}

/** Lists what a value becomes by one simplification. */
function listSmaller(value: Json, key: string): Json[] {
  if (Array.isArray(value)) return listSmallerArrays(value, key);
  if (isObject(value)) {
    return [...listReplacements(value), ...listSmallerObjects(value)];
  }
  if (value === "gate") return [0];
  if (typeof value !== "number") return [];
  const least = LEAST[key] ?? 0;
  return [least, value - 1].filter((each) => each >= least && each < value);
}

/** The least that a number may be. */
const LEAST: Readonly<Record<string, number>> = { size: 1, acts: 1 };

function listSmallerArrays(array: Json[], key: string): Json[] {
  return array.flatMap((item, index) => {
    const replace = (...items: Json[]) => array.toSpliced(index, 1, ...items);
    // Something has to be given.
    const isLast = array.length === 1 && (key === "inners" || key === "parts");
    return [
      ...(isLast ? [] : [replace()]),
      ...listSmaller(item, key).map((each) => replace(each)),
    ];
  });
}

/** What can stand for a pipeline: those inside it, if there is a pipeline's source. */
function listReplacements(object: JsonObject): Json[] {
  if (!("source" in object)) return [];
  return listPipelines(object["source"]).concat(listPipelines(object["steps"]));
}

/** Lists the pipelines right inside a value. */
function listPipelines(value: Json | undefined): Json[] {
  if (Array.isArray(value)) return value.flatMap(listPipelines);
  if (!isObject(value)) return [];
  return "source" in value
    ? [value]
    : Object.values(value).flatMap(listPipelines);
}

function listSmallerObjects(object: JsonObject): JsonObject[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const { [key]: _, ...rest } = object;
    return [
      ...(isOptional(object, key) ? [rest] : []),
      ...(key === "consumer" && !isFixed(value)
        ? [{ ...object, consumer: { by: "toArray" } }]
        : []),
      ...listSmaller(value, key).map((each) => ({ ...object, [key]: each })),
    ];
  });
}

const OPTIONAL: ReadonlySet<string> = new Set([
  "before",
  "close",
  "fault",
  "guarded",
  "header",
  "initial",
  "leaves",
  "missing",
  "mode",
  "open",
  "stop",
  "thenable",
]);

function isOptional(object: JsonObject, key: string): boolean {
  if (OPTIONAL.has(key)) return true;
  // Of what takes time in any case it is how long.
  if (key === "wait")
    return !("item" in object || "badItem" in object || "reject" in object);
  return key === "error" && !("at" in object);
}

/** Whether a consumer is simple enough, or the only one that does what the acts say. */
function isFixed(consumer: Json): boolean {
  return (
    isObject(consumer) &&
    (consumer["by"] === "toArray" || consumer["by"] === "calls")
  );
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function measure(value: JsonObject): number {
  return JSON.stringify(value).length;
}
