/**
 * Sends the server as many random requests as is asked for:
 * `node scripts/fuzz-server.mjs --requests 20000 --seed 1`.
 *
 * It runs the test of `packages/server/test/fuzz`, which sends 1,000 otherwise. `docs/fuzz.md`
 * tells more.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "packages/server/test/fuzz",
    "--typecheck.enabled=false",
  ],
  {
    stdio: "inherit",
    env: {
      ...process.env,
      FUZZ_REQUESTS: parseCount("requests", values.requests),
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
