import { generateBlocks } from "./generate-blocks.ts";
import { generateGenerator } from "./generate-generators.ts";
import type { Program } from "./program.ts";
import { Random } from "./random.ts";

/** Makes a program; the same for the same seed and index. */
export function generate(seed: number, index: number): Program {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ index);
  // The first numbers of neighbouring seeds are alike.
  random.next();
  const kind = random.pick({ blocks: 4, stacks: 4, generators: 2 });
  return kind === "generators"
    ? generateGenerator(random)
    : generateBlocks(random, kind);
}
