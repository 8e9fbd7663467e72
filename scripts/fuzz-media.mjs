/**
 * Gives the readers of `@sluice/media` as many files that were tampered with as is asked
 * for: `node scripts/fuzz-media.mjs --inputs 10000 --seed 1`.
 *
 * It runs every `fuzz.test.ts` of `packages/media/test`, one after the other, which make
 * some hundred or thousand files for each reader otherwise; `--only container` those whose
 * path has that word. What does not end in `--minutes` is taken to hang, in a loop that
 * never lets go, and is ended. `docs/fuzz.md` tells more.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

const tests = "packages/media/test";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    minutes: { type: "string", default: "120" },
  },
});
const { status, error } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...readdirSync(tests, { encoding: "utf8", recursive: true })
      .filter(
        (path) => path.endsWith("fuzz.test.ts") && path.includes(values.only),
      )
      .map((path) => `${tests}/${path}`),
    "--typecheck.enabled=false",
    "--maxWorkers=1",
  ],
  {
    stdio: "inherit",
    timeout: Number(parseCount("minutes", values.minutes)) * 60_000,
    env: {
      ...process.env,
      FUZZ_INPUTS: parseCount("inputs", values.inputs),
      FUZZ_SEED: parseCount("seed", values.seed),
    },
  },
);
if (error !== undefined) {
  console.error(
    `It did not end in ${values.minutes} minutes: ${error.message}`,
  );
}
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
