/**
 * Gives the readers of `@sluice/media` as many files that were tampered with as is asked
 * for: `node scripts/fuzz-media.mjs --inputs 10000 --seed 1`.
 *
 * It runs the tests named `fuzz` of `packages/media/test`, which make 2,000 files for each
 * reader otherwise. `docs/fuzz.md` tells more.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
  },
});
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "/fuzz.test.ts",
    "--dir",
    "packages/media",
    "--typecheck.enabled=false",
  ],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      FUZZ_INPUTS: parseCount("inputs", values.inputs),
      FUZZ_SEED: parseCount("seed", values.seed),
    },
  },
);
process.exitCode = status ?? 1;

/**
 * @param {string} name
 * @param {string} text
 */
function parseCount(name, text) {
  if (/^\d+$/.test(text)) return text;
  throw new TypeError(
    `Cannot read --${name} '${text}': it is not a whole number`,
  );
}
