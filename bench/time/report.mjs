import { formatNs, formatRatio, judge, nameRuntime } from "../figures.mjs";
import { formatSetting } from "../setting.mjs";
import { formatTable } from "../table.mjs";
import { limit } from "./cases.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Package } from "../setting.mjs" */
/** @import { Case } from "./cases.mjs" */
/** @import { Effort, Figure } from "./measure.mjs" */

/**
 * What a case came to.
 *
 * @typedef {object} Measured
 * @property {Case} case
 * @property {Runtime} runtime
 * @property {Figure} figure
 */

/**
 * Writes the figures as Markdown.
 *
 * @param {readonly Measured[]} measured
 * @param {Effort} effort
 * @param {readonly Package[]} packages
 */
export function formatReport(measured, effort, packages) {
  const runtimes = [...new Set(measured.map(({ runtime }) => runtime))];
  const cases = [...new Set(measured.map((one) => one.case))];
  const { passes, rounds, roundMs } = effort;
  return [
    `${formatSetting(runtimes, packages)} ${passes} processes for each way of each case, ${rounds} rounds in each, of ${roundMs} ms.`,
    cases.map(({ id, text }) => `- \`${id}\`: ${text}`).join("\n"),
    ...runtimes.flatMap((runtime) => formatRuntime(measured, runtime)),
  ].join("\n\n");
}

/**
 * @param {readonly Measured[]} measured
 * @param {Runtime} runtime
 */
function formatRuntime(measured, runtime) {
  const its = measured.filter((one) => one.runtime === runtime);
  const ratios = its.map(({ figure }) => figure.ratio);
  const worst = Math.max(...ratios);
  const isReached = Number(worst.toFixed(2)) <= limit;
  return [
    `${nameRuntime(runtime)}: at most ${limit} times as long as by hand: the worst is ${formatRatio(worst)}, ${judge(isReached)}.`,
    formatTable([
      ["", "by hand: ns", "ours: ns", "ratio", "±"],
      ...its.map(({ case: { id }, figure }) => [
        `\`${id}\``,
        formatNs(figure.byHand),
        formatNs(figure.ours),
        formatRatio(figure.ratio),
        `${(figure.spread * 100).toFixed(0)}%`,
      ]),
    ]),
  ];
}
