/**
 * Compares the library with CPython on as many programs as is asked for:
 * `node scripts/differential.mjs --programs 100000 --seed 1`.
 *
 * It runs the test of `packages/sluice/test/differential`, which makes 2,000
 * programs otherwise. `docs/differential.md` tells more.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    programs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
  },
});
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "packages/sluice/test/differential",
    "--disableConsoleIntercept",
    "--typecheck.enabled=false",
  ],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      DIFFERENTIAL_PROGRAMS: parseCount("programs", values.programs),
      DIFFERENTIAL_SEED: parseCount("seed", values.seed),
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
