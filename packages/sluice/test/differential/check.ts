import { availableParallelism } from "node:os";
import { compare } from "./compare.ts";
import type { DifferenceName } from "./differences.ts";
import { generate } from "./generate.ts";
import { interpret } from "./interpret.ts";
import type { Program, Result } from "./program.ts";
import { runPython, type PythonResult } from "./python.ts";

/** What came of a number of programs. */
export interface Report {
  /** How many programs there were of each kind. */
  readonly kinds: Record<Program["kind"], number>;
  /** In how many programs each named difference showed. */
  readonly differences: Map<DifferenceName, number>;
  readonly mismatches: Mismatch[];
}

/** A program that does something else in Python than here. */
export interface Mismatch {
  readonly program: Program;
  readonly python: PythonResult;
  readonly ours: Result;
}

/** How many programs one Python process runs; it starts in 50 ms. */
const BATCH = 2500;

/** Generates programs and runs each in Python and here. */
export async function check(count: number, seed: number): Promise<Report> {
  const report: Report = {
    kinds: { blocks: 0, stacks: 0, generators: 0 },
    differences: new Map(),
    mismatches: [],
  };
  const round = BATCH * availableParallelism();
  for (let first = 0; first < count; first += round) {
    const batches = generateBatches(
      seed,
      first,
      Math.min(first + round, count),
    );
    for (const { kind } of batches.flat()) report.kinds[kind]++;
    const mismatches = await Promise.all(
      batches.map((batch) => findMismatches(batch, report.differences)),
    );
    report.mismatches.push(...mismatches.flat());
  }
  return report;
}

function generateBatches(seed: number, from: number, to: number): Program[][] {
  const batches: Program[][] = [];
  for (let first = from; first < to; first += BATCH) {
    const length = Math.min(BATCH, to - first);
    batches.push(
      Array.from({ length }, (_, index) => generate(seed, first + index)),
    );
  }
  return batches;
}

/**
 * Runs programs, counts the named differences, and gives those programs whose results
 * differ otherwise.
 */
export async function findMismatches(
  programs: readonly Program[],
  differences = new Map<DifferenceName, number>(),
): Promise<Mismatch[]> {
  const [python, ours] = await Promise.all([
    runPython(programs),
    interpretAll(programs),
  ]);
  const mismatches: Mismatch[] = [];
  for (const [index, program] of programs.entries()) {
    const pair = { program, ...pick(python, ours, index) };
    const verdict = compare(program, pair.python, pair.ours);
    if (verdict === undefined) mismatches.push(pair);
    for (const name of verdict ?? [])
      differences.set(name, (differences.get(name) ?? 0) + 1);
  }
  return mismatches;
}

function pick(
  python: readonly PythonResult[],
  ours: readonly Result[],
  index: number,
): { python: PythonResult; ours: Result } {
  const [theirs, own] = [python[index], ours[index]];
  if (theirs === undefined || own === undefined)
    throw new Error(`Cannot compare program ${index}: a result is missing`);
  return { python: theirs, ours: own };
}

async function interpretAll(programs: readonly Program[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const program of programs) results.push(await interpret(program));
  return results;
}
