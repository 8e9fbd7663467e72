import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes one file of contextlib that Node loads. As published it is ES modules
 * whose imports have no extensions, and one names `./utils` as a package.
 */
export async function bundleContextlib() {
  const { build } = await import("esbuild");
  const entry = fileURLToPath(import.meta.resolve("contextlib"));
  await build({
    alias: { utils: resolve(dirname(entry), "utils.js") },
    bundle: true,
    entryPoints: [entry],
    format: "esm",
    outfile: resolve(import.meta.dirname, "../dist/contextlib.mjs"),
    target: "esnext",
  });
}
