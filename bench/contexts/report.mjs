import { formatNs, formatRatio, judge, nameRuntime } from "../figures.mjs";
import { formatSetting } from "../setting.mjs";
import { formatTable } from "../table.mjs";

/** @import { Case, Group, Kind } from "./groups.mjs" */
/** @import { Effort, Figure } from "./measure.mjs" */
/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Package } from "../setting.mjs" */

/**
 * What a group's cases came to on one runtime.
 *
 * @typedef {object} Measured
 * @property {Group} group
 * @property {Runtime} runtime
 * @property {Map<Case, Figure>} figures
 */

/** What a context manager may cost, to one by hand. */
const classLimit = 1.75;

/** How far ahead of every peer we mean to be. */
const peerLimit = 3;

/** @type {{ kind: Kind, name: string }[]} */
const peers = [
  { kind: "contextlib", name: "contextlib" },
  { kind: "effect", name: "effect" },
  { kind: "native", name: "the language" },
];

/**
 * Writes the figures as Markdown.
 *
 * @param {readonly Measured[]} measured
 * @param {Effort} effort
 * @param {readonly Package[]} packages
 */
export function formatReport(measured, effort, packages) {
  const runtimes = [...new Set(measured.map(({ runtime }) => runtime))];
  const groups = [...new Set(measured.map(({ group }) => group))];
  /** @param {Group} group */
  const find = (group) =>
    runtimes.map(
      (runtime) =>
        measured.find((one) => one.group === group && one.runtime === runtime)
          ?.figures ?? new Map(),
    );
  return [
    `${formatSetting(runtimes, packages)} ${formatEffort(runtimes, effort)}`,
    "### The aims",
    formatAims(groups, runtimes, find),
    "### Beside the peers",
    "How many times as long as ours the fastest way of each peer takes; below 1 it is ahead of us.",
    formatPeers(groups, runtimes, find),
    ...groups.flatMap((group) => [
      `### ${group.title}`,
      group.text,
      formatGroup(group, runtimes, find(group)),
    ]),
  ].join("\n\n");
}

/**
 * @param {readonly Runtime[]} runtimes
 * @param {Effort} effort
 */
function formatEffort(runtimes, { passes, rounds, roundMs }) {
  const without = runtimes.some(({ hasUsing }) => hasUsing)
    ? ""
    : "\n\nNo Node with `using` could be had here: the rows of the language's own are missing.";
  return `${passes} processes for each row, ${rounds} rounds in each, of ${roundMs} ms.${without}`;
}

/** @typedef {(group: Group) => Map<Case, Figure>[]} Find By runtime. */

/**
 * @param {readonly Group[]} groups
 * @param {readonly Runtime[]} runtimes
 * @param {Find} find
 */
function formatAims(groups, runtimes, find) {
  /** @type {string[][]} */
  const rows = [["Aim", ...runtimes.map(nameRuntime)]];
  const classes = groups.find(({ id }) => id === "class-async");
  if (classes !== undefined) {
    rows.push([
      `A class manager takes at most ${classLimit} times as long as \`try\`/\`finally\` in the loop`,
      ...find(classes).map((figures) => {
        const { ratio } = figures.get(findOurs(classes));
        return `${ratio.toFixed(2)}: ${judge(ratio <= classLimit)}`;
      }),
    ]);
  }
  const sync = groups.find(({ id }) => id === "sync-in-async");
  if (sync !== undefined) {
    rows.push([
      "A sync manager in async code adds no pause of its own",
      ...find(sync).map((figures) => {
        const [baseline] = sync.cases;
        const more =
          figures.get(findOurs(sync)).pauses - figures.get(baseline).pauses;
        return `${more} more: ${judge(more === 0)}`;
      }),
    ]);
  }
  for (const { kind, name } of peers) {
    rows.push([
      `${peerLimit} times ahead of ${name}`,
      ...runtimes.map((_, index) => {
        const leads = groups
          .map((group) => findLead(group, find(group)[index], kind))
          .filter((lead) => lead !== undefined);
        if (leads.length === 0) return "";
        const reached = leads.filter((lead) => lead >= peerLimit).length;
        return `in ${reached} of ${leads.length} tables: ${judge(reached === leads.length)}`;
      }),
    ]);
  }
  return formatTable(rows);
}

/**
 * @param {readonly Group[]} groups
 * @param {readonly Runtime[]} runtimes
 * @param {Find} find
 */
function formatPeers(groups, runtimes, find) {
  const columns = peers.flatMap(({ kind, name }) =>
    runtimes
      .map((runtime, index) => ({ kind, name, runtime, index }))
      .filter(({ runtime }) => kind !== "native" || runtime.hasUsing),
  );
  return formatTable([
    [
      "",
      ...columns.map(({ name, runtime }) => `${name}, ${nameRuntime(runtime)}`),
    ],
    ...groups.map((group) => [
      group.title,
      ...columns.map(({ kind, index }) => {
        const lead = findLead(group, find(group)[index], kind);
        return lead === undefined ? "" : formatRatio(lead);
      }),
    ]),
  ]);
}

/**
 * How many times as long as ours the fastest way of a peer takes.
 *
 * @param {Group} group
 * @param {Map<Case, Figure>} figures
 * @param {Kind} kind
 */
function findLead(group, figures, kind) {
  const ratios = group.cases
    .filter((one) => one.kind === kind && figures.has(one))
    .map((one) => figures.get(one).ratio);
  if (ratios.length === 0) return undefined;
  return Math.min(...ratios) / figures.get(findOurs(group)).ratio;
}

/** @param {Group} group */
function findOurs({ cases }) {
  return cases.find(({ kind }) => kind === "ours");
}

/**
 * @param {Group} group
 * @param {readonly Runtime[]} runtimes
 * @param {readonly Map<Case, Figure>[]} figures By runtime.
 */
function formatGroup(group, runtimes, figures) {
  const columns = runtimes.flatMap((runtime) => [
    `${nameRuntime(runtime)}: ns`,
    "least",
    "ratio",
    "±",
  ]);
  return formatTable([
    ["", ...columns, "pauses"],
    ...group.cases
      .filter((one) => figures.some((map) => map.has(one)))
      .map((one) => [
        one.kind === "ours" ? `**${one.name}**` : one.name,
        ...figures.flatMap((map) => formatFigure(map.get(one))),
        formatPauses(figures.findLast((map) => map.has(one)).get(one).pauses),
      ]),
  ]);
}

/** @param {Figure | undefined} figure */
function formatFigure(figure) {
  if (figure === undefined) return ["", "", "", ""];
  const { ns, least, ratio, spread } = figure;
  return [
    formatNs(ns),
    formatNs(least),
    formatRatio(ratio),
    `${(spread * 100).toFixed(0)} %`,
  ];
}

/** @param {number | undefined} pauses */
function formatPauses(pauses) {
  return pauses === undefined ? "other" : pauses.toFixed(0);
}
