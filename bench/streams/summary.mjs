import { formatNs, formatRatio, judge, nameRuntime } from "../figures.mjs";
import { formatTable } from "../table.mjs";
import { goals } from "./goals.mjs";
import { ours, peers } from "./libraries.mjs";

/** @import { Runtime } from "../runtimes.mjs" */
/** @import { Goal } from "./goals.mjs" */
/** @import { Measured } from "./report.mjs" */

/**
 * Tells which goals are reached, and by what: the worst of our ratios.
 *
 * @param {readonly Measured[]} measured
 * @param {readonly Runtime[]} runtimes
 */
export function formatGoals(measured, runtimes) {
  const rows = goals.map((goal) => [
    goal.text,
    `${goal.limit}`,
    ...runtimes.map((runtime) => judgeGoal(goal, measured, runtime)),
  ]);
  const lead = [
    "Ahead of every peer",
    "",
    ...runtimes.map((runtime) => judgeLead(measured, runtime)),
  ];
  return formatTable([
    ["Ratio to what is by hand", "at most", ...runtimes.map(nameRuntime)],
    ...[...rows, lead].filter(([, , ...found]) => found.some(Boolean)),
  ]);
}

/**
 * @param {Goal} goal
 * @param {readonly Measured[]} measured
 * @param {Runtime} runtime
 */
function judgeGoal({ cases, mode, limit }, measured, runtime) {
  const found = measured.filter(
    (one) =>
      one.runtime === runtime &&
      one.mode === mode &&
      cases.includes(one.case.id) &&
      one.figures.has(ours),
  );
  if (found.length === 0) return "";
  const worst = found.reduce((one, two) =>
    one.figures.get(ours).ratio < two.figures.get(ours).ratio ? two : one,
  );
  const { ratio } = worst.figures.get(ours);
  const reached = Number(ratio.toFixed(2)) <= limit;
  return `${formatRatio(ratio)} (${worst.case.id}): ${judge(reached)}`;
}

/**
 * @param {readonly Measured[]} measured
 * @param {Runtime} runtime
 */
function judgeLead(measured, runtime) {
  const contests = measured
    .filter((one) => one.runtime === runtime)
    .map(findRivals)
    .filter(({ all }) => all > 0);
  if (contests.length === 0) return "";
  const won = contests.filter(({ ahead }) => ahead.length === 0).length;
  return `in ${won} of ${contests.length}: ${judge(won === contests.length)}`;
}

/**
 * Lists where a peer is ahead of us.
 *
 * @param {readonly Measured[]} measured
 */
export function formatRivals(measured) {
  const rows = measured.flatMap((one) =>
    findRivals(one).ahead.map((peer) => [
      `\`${one.case.id}\`, ${one.mode}, ${nameRuntime(one.runtime)}`,
      formatNs(one.figures.get(ours).ns),
      peer.title,
      formatNs(one.figures.get(peer).ns),
    ]),
  );
  if (rows.length === 0) return "Nowhere.";
  return formatTable([["", "ours: ns", "ahead of us", "its ns"], ...rows]);
}

/**
 * @param {Measured} measured
 */
function findRivals({ figures }) {
  const measuredPeers = figures.has(ours)
    ? peers.filter((peer) => figures.has(peer))
    : [];
  return {
    all: measuredPeers.length,
    ahead: measuredPeers.filter(
      (peer) => figures.get(peer).ratio < figures.get(ours).ratio,
    ),
  };
}
