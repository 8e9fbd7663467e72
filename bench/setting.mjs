import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { arch, cpus, release, type } from "node:os";
import { parseEnv } from "node:util";

/** @import { Runtime } from "./runtimes.mjs" */

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 */

/**
 * Tells on what and with what was measured.
 *
 * @param {readonly Runtime[]} runtimes
 * @param {readonly Package[]} packages
 */
export function formatSetting(runtimes, packages) {
  const [{ model } = { model: "unknown" }] = cpus();
  const versions = runtimes.map(({ version }) => version).join(" and ");
  const names = packages.map(({ name, version }) => `${name} ${version}`);
  return `Measured on ${model}, ${cpus().length} cores, ${nameSystem()}, ${arch()}; Node ${versions}; ${names.join(", ")}.`;
}

function nameSystem() {
  const path = "/etc/os-release";
  const { PRETTY_NAME } = existsSync(path)
    ? parseEnv(readFileSync(path, "utf8"))
    : {};
  return PRETTY_NAME ?? `${type()} ${release()}`;
}

/**
 * Finds the versions of what is measured.
 *
 * @param {readonly string[]} peers
 * @param {string} [own] The folder of the package of ours.
 * @returns {Package[]} Ours first.
 */
export function listPackages(peers, own = "sluice") {
  return [
    `packages/${own}`,
    ...peers.map((name) => `bench/node_modules/${name}`),
  ].map((folder) => JSON.parse(readFileSync(`${folder}/package.json`, "utf8")));
}

/**
 * Finds the version of ffmpeg, which has to be installed.
 *
 * @returns {Package}
 */
export function findFfmpeg() {
  const said = execFileSync("ffmpeg", ["-version"], { encoding: "utf8" });
  const version = /^ffmpeg version (\S+)/.exec(said)?.[1] ?? "unknown";
  return { name: "ffmpeg", version };
}
