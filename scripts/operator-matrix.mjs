/**
 * Writes `docs/operators.md` out of what the matrix of operators is run with, or,
 * with `--check`, fails if the file is not what would be written.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { format } from "prettier";
import { tsImport } from "tsx/esm/api";

/**
 * @typedef {object} Row
 * @property {string} name How the operator is called.
 * @property {string} waits What it waits for.
 * @property {string} holds What it holds.
 *
 * @typedef {object} Column
 * @property {string} title What happens to the operator.
 * @property {string} says What most cells say.
 * @property {string} meaning What that means.
 *
 * @typedef {object} Combination
 * @property {string} name
 * @property {boolean} asksAll
 * @property {Readonly<Record<"silent" | "ended" | "items", { says: string }>>} beside
 *
 * @typedef {object} Matrix
 * @property {readonly Row[]} rows
 * @property {readonly Column[]} columns
 * @property {(row: Row, column: Column) => string} describeCell
 * @property {readonly Combination[]} combinations
 * @property {readonly Row[]} sourceRows
 * @property {readonly Column[]} sourceColumns
 * @property {(row: Row, column: Column) => { says: string } | { appliesNot: string }} describeSourceCell
 */

const folder = "../packages/sluice/test/stream";
/** What the page is made of. */
const modules = [
  "matrix/rows",
  "matrix/columns",
  "combinations/combinations",
  "sources/rows",
  "sources/columns",
];
const path = "docs/operators.md";

process.chdir(resolve(import.meta.dirname, ".."));
const {
  rows,
  columns,
  describeCell,
  combinations,
  sourceRows,
  sourceColumns,
  describeSourceCell,
} = await loadMatrix();
/** Why there is no cell, in the order of the footnotes. */
const reasons = /** @type {string[]} */ ([]);
const page = await format(formatPage(), { parser: "markdown" });
if (process.argv.includes("--check")) checkPage();
else writeFileSync(path, page);

async function loadMatrix() {
  const options = {
    parentURL: import.meta.url,
    tsconfig: "tsconfig.checks.json",
  };
  const matrix = {};
  for (const name of modules) {
    const module = /** @type {unknown} */ (
      await tsImport(`${folder}/${name}.ts`, options)
    );
    Object.assign(matrix, module);
  }
  return /** @type {Matrix} */ (matrix);
}

function formatPage() {
  return `# Operators

What each operator waits for and holds, besides the item at hand and its callback, and what comes of it in each case. \`npm run operators\` writes this page out of what the tests of \`packages/sluice/test/stream/matrix\` run: each cell is a test, but for those that begin with a dash, which say why there is none; what an operator waits for and holds is told, and not tested. The laws behind most of them are those of \`operatorLaws\` in \`sluice/testing\`, for operators of your own too.

| Case | A cell says | Which means |
| --- | --- | --- |
${columns.map(({ title, says, meaning }) => formatRow([title, says, meaning])).join("\n")}

${formatTable("What it waits for, and holds", ["Waits for", "Holds"], ({ waits, holds }) => [waits, holds])}
${formatTable("When it is left, or something fails", titles(0, 5), (row) => cells(row, 0, 5))}
${formatTable("When it is stuck, or goes on for long", titles(5, 9), (row) => cells(row, 5, 9))}
${formatTable("When two things fail", titles(9), (row) => cells(row, 9))}
${formatCombinations()}
${formatSources()}`;
}

function formatCombinations() {
  const heads = [
    "Others silent",
    "Others ended",
    "Others with items",
    "Two sources fail",
    "One fails, and closing another",
    "Closing two fails",
  ];
  const lines = combinations.map(({ name, beside, asksAll }) =>
    formatRow([
      `\`${name}\``,
      beside.silent.says,
      beside.ended.says,
      beside.items.says,
      asksAll
        ? "the first; the other is reported"
        : "the first; the other is not asked",
      "the first; the other is its `errorContext`",
      "both, as an `AggregateError`",
    ]),
  );
  return `## Several sources

What comes of one source in each place among two and three, beside others that give nothing but could be closed (silent), have none (ended), or give items. Wherever something comes of it, all laws are run, and none of the sources is left open or closed twice; the others are left, failed and closed in tests of their own, in \`packages/sluice/test/stream/combinations\`.

${formatRow(["Operator", ...heads])}
${formatRow(["---", ...heads.map(() => "---")])}
${lines.join("\n")}
`;
}

function formatSources() {
  return `## Sources

The same of the sources, each alone; \`packages/sluice/test/stream/sources\` has the tests. A source is closed by whatever reads it last, however many operators there are between.

| Case | A cell says | Which means |
| --- | --- | --- |
${sourceColumns.map(({ title, says, meaning }) => formatRow([title, says, meaning])).join("\n")}

${formatSourceTable(["Waits for", "Holds"], ({ waits, holds }) => [waits, holds])}
${formatSourceCells(0, 5)}
${formatSourceCells(5)}
${reasons.map((reason, index) => `[^${index + 1}]: ${reason}.`).join("\n\n")}
`;
}

/**
 * @param {number} from
 * @param {number} [to]
 */
function formatSourceCells(from, to) {
  const chosen = sourceColumns.slice(from, to);
  return formatSourceTable(
    chosen.map(({ title }) => title),
    (row) =>
      chosen.map((column) => {
        const cell = describeSourceCell(row, column);
        return "says" in cell ? cell.says : formatReason(cell.appliesNot);
      }),
  );
}

/** @param {string} reason */
function formatReason(reason) {
  if (!reasons.includes(reason)) reasons.push(reason);
  return `–[^${reasons.indexOf(reason) + 1}]`;
}

/**
 * @param {readonly string[]} heads
 * @param {(row: Row) => readonly string[]} toCells
 */
function formatSourceTable(heads, toCells) {
  const lines = sourceRows.map((row) =>
    formatRow([`\`${row.name}\``, ...toCells(row)]),
  );
  return `${formatRow(["Source", ...heads])}
${formatRow(["---", ...heads.map(() => "---")])}
${lines.join("\n")}
`;
}

/**
 * @param {number} from
 * @param {number} [to]
 */
function titles(from, to) {
  return columns.slice(from, to).map(({ title }) => title);
}

/**
 * @param {Row} row
 * @param {number} from
 * @param {number} [to]
 */
function cells(row, from, to) {
  return columns.slice(from, to).map((column) => describeCell(row, column));
}

/**
 * @param {string} heading
 * @param {readonly string[]} heads
 * @param {(row: Row) => readonly string[]} toCells
 */
function formatTable(heading, heads, toCells) {
  const lines = rows.map((row) =>
    formatRow([`\`${row.name}\``, ...toCells(row)]),
  );
  return `## ${heading}

${formatRow(["Operator", ...heads])}
${formatRow(["---", ...heads.map(() => "---")])}
${lines.join("\n")}
`;
}

/** @param {readonly string[]} texts */
function formatRow(texts) {
  const escaped = texts.map((text) => text.replaceAll("|", "\\|"));
  return `| ${escaped.join(" | ")} |`;
}

function checkPage() {
  const current = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (current === page) return;
  console.error(`${path} is stale: run npm run operators`);
  process.exitCode = 1;
}
