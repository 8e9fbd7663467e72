import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

/**
 * Installs the peers, unless they are there. They are no dependencies of the
 * workspaces: who does not measure does without.
 */
export function installPeers() {
  const wanted = statSync("bench/package-lock.json");
  const found = "bench/node_modules/.package-lock.json";
  if (existsSync(found) && statSync(found).mtime >= wanted.mtime) return;
  const { status } = spawnSync("npm", ["ci", "--prefix", "bench"], {
    shell: process.platform === "win32",
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("Cannot install the peers: npm failed");
}
