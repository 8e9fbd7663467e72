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
 * @typedef {object} Matrix
 * @property {readonly Row[]} rows
 * @property {readonly Column[]} columns
 * @property {(row: Row, column: Column) => string} describeCell
 */

const folder = "../packages/sluice/test/stream/matrix";
const path = "docs/operators.md";

process.chdir(resolve(import.meta.dirname, ".."));
const { rows, columns, describeCell } = await loadMatrix();
const page = await format(formatPage(), { parser: "markdown" });
if (process.argv.includes("--check")) checkPage();
else writeFileSync(path, page);

async function loadMatrix() {
  const options = {
    parentURL: import.meta.url,
    tsconfig: "tsconfig.checks.json",
  };
  const matrix = {};
  for (const name of ["rows", "columns"]) {
    const module = /** @type {unknown} */ (
      await tsImport(`${folder}/${name}.ts`, options)
    );
    Object.assign(matrix, module);
  }
  return /** @type {Matrix} */ (matrix);
}

function formatPage() {
  return `# Operators

What each operator waits for and holds, besides the item at hand and its callback, and what comes of it in each case. \`npm run operators\` writes this page out of what the tests of \`packages/sluice/test/stream/matrix\` run: each cell of the second and third table is a test, but for those that begin with a dash, which say why there is none; the first table is told, and not tested. The laws behind most of them are those of \`operatorLaws\` in \`sluice/testing\`, for operators of your own too.

| Case | A cell says | Which means |
| --- | --- | --- |
${columns.map(({ title, says, meaning }) => formatRow([title, says, meaning])).join("\n")}

${formatTable("What it waits for, and holds", ["Waits for", "Holds"], ({ waits, holds }) => [waits, holds])}
${formatTable("When it is left, or something fails", titles(0, 5), (row) => cells(row, 0, 5))}
${formatTable("When it is stuck, fails twice, or goes on for long", titles(5), (row) => cells(row, 5))}`;
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
