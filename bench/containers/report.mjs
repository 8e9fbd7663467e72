import { formatRatio, judge, nameRuntime } from "../figures.mjs";
import { formatSetting } from "../setting.mjs";
import { formatTable } from "../table.mjs";

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
 * @property {readonly Figure[]} figures
 */

/**
 * Writes the figures as Markdown.
 *
 * @param {readonly Measured[]} measured
 * @param {Effort} effort
 * @param {readonly Package[]} packages ffmpeg among them.
 */
export function formatReport(measured, effort, packages) {
  const runtimes = [...new Set(measured.map(({ runtime }) => runtime))];
  const { passes, rounds } = effort;
  return [
    `${formatSetting(runtimes, packages)} ${passes} processes for each case, ${rounds} rounds in each.`,
    ...runtimes.flatMap((runtime) => [
      ...listAims(measured, runtime),
      formatTable([
        ["", "MB/s", "thousands/s", "ours is faster by"],
        ...measured
          .filter((one) => one.runtime === runtime)
          .flatMap((one) => listRows(one)),
      ]),
    ]),
  ].join("\n\n");
}

/**
 * @param {readonly Measured[]} measured
 * @param {Runtime} runtime
 */
function listAims(measured, runtime) {
  return measured.flatMap(({ case: { id, aim }, runtime: its, figures }) => {
    if (aim === undefined || its !== runtime) return [];
    const { speed } = figures.find(({ way }) => way === aim.way);
    const verdict = judge(Number(speed.toFixed(2)) >= aim.least);
    return [
      `${nameRuntime(runtime)}: \`${id}\`, ${aim.text}: ${formatRatio(speed)} times, ${verdict}.`,
    ];
  });
}

/** @param {Measured} measured */
function listRows({ case: { id, unit }, figures }) {
  return figures.map(({ way, megabytes, counted, speed }) => [
    way === "ours"
      ? `\`${id}\` (${unit}): **Sluice**`
      : `\`${id}\`: ${nameWay(way)}`,
    megabytes.toFixed(0),
    (counted / 1000).toFixed(0),
    way === "ours" ? "1" : formatRatio(speed),
  ]);
}

/** @param {string} way */
function nameWay(way) {
  return way === "copy" ? "copying its bytes" : way;
}
