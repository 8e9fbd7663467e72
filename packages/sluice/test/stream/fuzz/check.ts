import { isSame } from "./compare.ts";
import { generate } from "./generate.ts";
import type { Kind, Program } from "./program.ts";
import { run, type Result } from "./run.ts";

/** A program that does something else with the library than it is to do. */
export interface Mismatch {
  readonly program: Program;
  readonly ours: Result;
  readonly expected: Result;
}

/** What came of a number of programs. */
export interface Report {
  /** How many there were of each kind. */
  readonly kinds: Record<Kind, number>;
  readonly mismatches: (Mismatch & { readonly index: number })[];
  /** How many events were compared. */
  readonly events: number;
}

/** Makes programs and runs each with the library and with the reference. */
export async function check(count: number, seed: number): Promise<Report> {
  const kinds = { linear: 0, inside: 0, zip: 0, buffered: 0, merge: 0, tee: 0 };
  const mismatches: Report["mismatches"] = [];
  let events = 0;
  for (let index = 0; index < count; index++) {
    const program = generate(seed, index);
    kinds[program.kind]++;
    const { mismatch, size } = await runOnce(program);
    events += size;
    if (mismatch !== undefined) mismatches.push({ ...mismatch, index });
  }
  return { kinds, mismatches, events };
}

/** Runs a program; gives what is unequal, if anything is. */
export async function findMismatch(
  program: Program,
): Promise<Mismatch | undefined> {
  return (await runOnce(program)).mismatch;
}

async function runOnce(
  program: Program,
): Promise<{ readonly mismatch: Mismatch | undefined; readonly size: number }> {
  const { ours, expected } = await run(program);
  const isEqual = isSame(program, ours, expected);
  return {
    mismatch: isEqual ? undefined : { program, ours, expected },
    size: expected.log.length,
  };
}
