/** @import { Runtime } from "./runtimes.mjs" */

/** @param {number} ns */
export function formatNs(ns) {
  return ns < 10 ? ns.toFixed(1) : ns.toFixed(0);
}

/** @param {number} ratio */
export function formatRatio(ratio) {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}

/** @param {boolean} reached */
export function judge(reached) {
  return reached ? "reached" : "**not reached**";
}

/** @param {Runtime} runtime */
export function nameRuntime({ version }) {
  return `Node ${version.split(".")[0]}`;
}
