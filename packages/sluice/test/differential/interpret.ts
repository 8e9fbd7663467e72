import { interpretBlocks } from "./interpret-blocks.ts";
import { interpretGenerator } from "./interpret-generators.ts";
import type { Program, Result } from "./program.ts";

/** Runs a program with the library. */
export function interpret(program: Program): Promise<Result> {
  return program.kind === "generators"
    ? interpretGenerator(program)
    : interpretBlocks(program);
}
