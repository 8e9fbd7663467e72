import { cpSync, rmSync } from "node:fs";

/**
 * Copies what is built: a build that begins meanwhile must not change what is measured.
 *
 * @param {string} [name] The folder of the package.
 */
export function copyPackage(name = "sluice") {
  const copy = `bench/dist/${name}`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(`packages/${name}/dist`, copy, { recursive: true });
}
