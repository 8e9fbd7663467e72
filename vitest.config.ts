import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // Tests import packages by their public name, and run against their sources.
    alias: [
      { find: /^@sluice\/cli$/, replacement: locate("cli/src/index.ts") },
      { find: /^@sluice\/media$/, replacement: locate("media/src/index.ts") },
      { find: /^@sluice\/server$/, replacement: locate("server/src/index.ts") },
      {
        find: /^@sluice\/server\/node$/,
        replacement: locate("server/src/node/index.ts"),
      },
      { find: /^@sluice\/store$/, replacement: locate("store/src/index.ts") },
      {
        find: /^@sluice\/store\/contract$/,
        replacement: locate("store/src/contract/index.ts"),
      },
      { find: /^@sluice\/tams$/, replacement: locate("tams/src/index.ts") },
      {
        find: /^@sluice\/media\/testing$/,
        replacement: locate("media/src/testing/index.ts"),
      },
      { find: /^@sluice\/time$/, replacement: locate("time/src/index.ts") },
      {
        find: /^@sluice\/time\/testing$/,
        replacement: locate("time/src/testing/index.ts"),
      },
      { find: /^sluice$/, replacement: locate("sluice/src/index.ts") },
      {
        find: /^sluice\/node$/,
        replacement: locate("sluice/src/node/index.ts"),
      },
      {
        find: /^sluice\/testing$/,
        replacement: locate("sluice/src/testing/index.ts"),
      },
    ],
  },
  test: {
    include: ["packages/*/test/**/*.test.ts"],
    typecheck: {
      enabled: true,
      include: ["packages/*/test/**/*.test-d.ts"],
      tsconfig: "tsconfig.checks.json",
    },
    pool: "forks",
    // What is stuck ends; nothing is told of how fast a machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Memory tests force a collection.
    execArgv: ["--expose-gc"],
    dangerouslyIgnoreUnhandledErrors: false,
    // In CI the counts are read from a file.
    reporters:
      process.env["CI"] === undefined ? ["default"] : ["default", "json"],
    outputFile: { json: ".reports/tests.json" },
  },
});

/** Gives the path of a module of a package. */
function locate(module: string): string {
  return fileURLToPath(new URL(`packages/${module}`, import.meta.url));
}
