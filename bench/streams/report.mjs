import { formatNs, formatRatio, nameRuntime } from "../figures.mjs";
import { formatSetting } from "../setting.mjs";
import { formatTable } from "../table.mjs";
import { hand, libraries, ours } from "./libraries.mjs";
import { formatGoals, formatRivals } from "./summary.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Package } from "../setting.mjs" */
/** @import { Case, Group, Mode } from "./cases.mjs" */
/** @import { Library } from "./libraries.mjs" */
/** @import { Effort, Figure } from "./measure.mjs" */

/**
 * What a case came to.
 *
 * @typedef {object} Measured
 * @property {Group} group
 * @property {Case} case
 * @property {Mode} mode
 * @property {Runtime} runtime
 * @property {Map<Library, Figure>} figures
 */

/**
 * What a case allocates for an item.
 *
 * @typedef {object} Counted
 * @property {string} caseId
 * @property {Runtime} runtime
 * @property {Map<Library, number>} bytes
 */

/** @type {Record<Mode, string>} */
const modeNames = {
  mono: "nothing else runs in the process",
  mega: "after 80 other pipelines",
};

/**
 * Writes the figures as Markdown.
 *
 * @param {readonly Measured[]} measured
 * @param {readonly Counted[]} counted
 * @param {Effort} effort
 * @param {readonly Package[]} packages
 */
export function formatReport(measured, counted, effort, packages) {
  const runtimes = [
    ...new Set([...measured, ...counted].map(({ runtime }) => runtime)),
  ];
  const groups = [...new Set(measured.map(({ group }) => group))];
  return [
    `${formatSetting(runtimes, packages)} ${formatEffort(effort)}`,
    ...formatSummary(measured, runtimes),
    ...formatMemory(counted, runtimes),
    ...groups.flatMap((group) => formatGroup(group, measured, runtimes)),
  ].join("\n\n");
}

/** @param {Effort} effort */
function formatEffort({ passes, peerPasses, rounds, roundMs }) {
  const [ours, theirs] = [passes, peerPasses].map(nameProcesses);
  return `${ours} for each figure of ours, ${theirs} for each of a peer, two at a time; in each, ${rounds} rounds of ${roundMs} ms, in turn with the same by hand.`;
}

/** @param {number} count */
function nameProcesses(count) {
  return `${count} ${count === 1 ? "process" : "processes"}`;
}

/**
 * @param {readonly Measured[]} measured
 * @param {readonly Runtime[]} runtimes
 */
function formatSummary(measured, runtimes) {
  if (!measured.some(({ figures }) => figures.has(ours))) return [];
  return [
    "### What we aim at with streams",
    "The worst ratio of all the cases that a goal is about.",
    formatGoals(measured, runtimes),
    "### Where a peer is ahead",
    formatRivals(measured),
  ];
}

/**
 * @param {readonly Counted[]} counted
 * @param {readonly Runtime[]} runtimes
 */
function formatMemory(counted, runtimes) {
  if (counted.length === 0) return [];
  const cases = [...new Set(counted.map(({ caseId }) => caseId))];
  const columns = runtimes.flatMap((runtime) => [
    `${nameRuntime(runtime)}: by hand`,
    "ours",
    "ratio",
  ]);
  const rows = cases.map((caseId) => [
    `\`${caseId}\``,
    ...runtimes.flatMap((runtime) => {
      const { bytes } = counted.find(
        (one) => one.caseId === caseId && one.runtime === runtime,
      );
      const [byHand, byUs] = [bytes.get(hand), bytes.get(ours)];
      return [byHand.toFixed(0), byUs.toFixed(0), formatRatio(byUs / byHand)];
    }),
  ]);
  return [
    "### Memory",
    "How many bytes are allocated for an item of the source.",
    formatTable([["", ...columns], ...rows]),
  ];
}

/**
 * @param {Group} group
 * @param {readonly Measured[]} measured
 * @param {readonly Runtime[]} runtimes
 */
function formatGroup(group, measured, runtimes) {
  const its = measured.filter((one) => one.group === group);
  const cases = [...new Set(its.map((one) => one.case))];
  const tables = group.modes.flatMap((mode) =>
    runtimes.flatMap((runtime) => [
      nameTable(group, mode, runtime),
      formatFigures(
        its.filter((one) => one.mode === mode && one.runtime === runtime),
      ),
    ]),
  );
  return [
    `### ${group.title}`,
    group.text,
    cases.map(({ id, text }) => `- \`${id}\`: ${text}`).join("\n"),
    ...tables,
  ];
}

/**
 * @param {Group} group
 * @param {Mode} mode
 * @param {Runtime} runtime
 */
function nameTable({ modes }, mode, runtime) {
  const name = nameRuntime(runtime);
  return modes.length > 1 ? `${name}, ${modeNames[mode]}:` : `${name}:`;
}

/** @param {readonly Measured[]} measured Those of a group, on one runtime, in one mode. */
function formatFigures(measured) {
  const rows = libraries.filter((library) =>
    measured.some(({ figures }) => figures.has(library)),
  );
  return formatTable([
    ["", ...measured.map((one) => `\`${one.case.id}\``)],
    ...rows.map((library) => [
      library.title,
      ...measured.map(({ figures }) => formatFigure(figures.get(library))),
    ]),
  ]);
}

/** @param {Figure | undefined} figure */
function formatFigure(figure) {
  if (figure === undefined) return "–";
  return `${formatNs(figure.ns)} (${formatRatio(figure.ratio)})`;
}
