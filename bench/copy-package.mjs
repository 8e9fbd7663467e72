import { cpSync, rmSync } from "node:fs";

/** Copies what is built: a build that begins meanwhile must not change what is measured. */
export function copyPackage() {
  rmSync("bench/dist/sluice", { recursive: true, force: true });
  cpSync("packages/sluice/dist", "bench/dist/sluice", { recursive: true });
}
