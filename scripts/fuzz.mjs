/**
 * Compares streams with async generators on as many random pipelines as is asked for:
 * `node scripts/fuzz.mjs --pipelines 30000 --seed 1`.
 *
 * It runs the test of `packages/sluice/test/stream/fuzz`, which makes 2,000 pipelines
 * otherwise. `docs/fuzz.md` tells more.
 *
 * With `--planted` it makes mistakes in copies of the library instead, looks how soon
 * each is found, and writes the table of that page.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { writePlanted } from "./fuzz/planted-table.mjs";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    pipelines: { type: "string", default: "30000" },
    seed: { type: "string", default: "1" },
    planted: { type: "boolean", default: false },
  },
});
const pipelines = parseCount("pipelines", values.pipelines);
const seed = parseCount("seed", values.seed);
if (values.planted) await writePlanted(Number(pipelines), Number(seed));
else process.exitCode = runTest();

function runTest() {
  const { status } = spawnSync(
    process.execPath,
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "packages/sluice/test/stream/fuzz",
      "--disableConsoleIntercept",
      "--typecheck.enabled=false",
    ],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        FUZZ_PIPELINES: pipelines,
        FUZZ_SEED: seed,
      },
    },
  );
  return status ?? 1;
}

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
