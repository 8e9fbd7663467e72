/**
 * Kills a process that works on a store, again and again, and compares what is there then
 * with what was acknowledged: `npm run kill -- --kills 200 --seed 1`.
 */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { env, execPath, exit } from "node:process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d+$/u.test(value)) continue;
  throw new RangeError(`Cannot take '${value}' as ${name}: it is no number`);
}

const { status } = spawnSync(
  execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "packages/store/test/crash",
    "--typecheck.enabled=false",
  ],
  {
    cwd: resolve(import.meta.dirname, ".."),
    env: { ...env, SLUICE_KILLS: values.kills, SLUICE_SEED: values.seed },
    stdio: "inherit",
  },
);
exit(status ?? 1);
