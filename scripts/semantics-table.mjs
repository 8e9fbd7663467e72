/**
 * Writes `docs/semantics.md` out of the titles of the tests, or, with
 * `--check`, fails if the file is not what would be written. Fails too if a
 * rule has no test, or a test names a rule that there is not.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";

/**
 * A test that holds a rule.
 *
 * @typedef {object} Row
 * @property {string} item The rule's number, such as `2.1.7` or `2.1.7a`.
 * @property {string} group The first two parts of it.
 * @property {number} number The third part.
 * @property {string} rule What the test claims.
 * @property {string} asPython Whether Python does so too.
 * @property {string} file The file of the test, from the root.
 */

/** The groups of rules: number, how many there are, and what they are about. */
const groups = /** @type {const} */ ([
  ["2.1", 29, "Generator managers: `asyncContextManager`, `contextManager`"],
  ["2.2", 28, "Exit stacks"],
  ["2.3", 8, "Decorated functions"],
  ["2.4", 11, "`closing`, `aclosing`, `nullContext`, `suppress`"],
  ["2.5", 30, "Async generators"],
  ["2.6", 6, "`aiter` and `anext`"],
  ["2.7", 13, "Comprehensions: streams and their sinks"],
  ["2.8", 20, "Task groups"],
  ["2.9", 14, "Timeouts"],
  ["2.10", 6, "Locks and semaphores"],
]);

const introduction = `# Semantics

Which rule of Python's behaviour is held by which test. The items are the
numbers of the rules that the toolkit matches: of context managers, async
generators, comprehensions, task groups, timeouts and locks. Where JavaScript
forces a difference, the row says so, and the rule is the one that holds here. A
rule with several tests has a row for each.

\`npm run semantics\` makes this page out of the titles of the tests; it fails
when a rule has no test.
`;

const path = "docs/semantics.md";

process.chdir(resolve(import.meta.dirname, ".."));
const rows = listTitles().flatMap(parseTitle).sort(compareRows);
const faults = [...findMissing(), ...findUnknown()];
if (faults.length > 0) fail(faults.join("\n"));
else if (process.argv.includes("--check")) checkPage(formatPage());
else writeFileSync(path, formatPage());

/** @returns {{ name: string, file: string }[]} */
function listTitles() {
  // The rules are those of the toolkit.
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "list",
    "packages/sluice/",
    "--typecheck.enabled=false",
    "--json",
  ];
  const { status, stdout } = spawnSync(process.execPath, vitest, {
    encoding: "utf8",
    // There are thousands of tests.
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("Cannot list the tests: vitest failed");
  return /** @type {{ name: string, file: string }[]} */ (JSON.parse(stdout));
}

/**
 * @param {{ name: string, file: string }} test
 * @returns {Row[]} One row, or none if the title has no item number.
 */
function parseTitle({ name, file }) {
  const title = /(?:^| > )(\d\.\d+)\.(\d+)([a-z]?) (.*)$/.exec(name);
  if (title === null) return [];
  const [, group = "", number = "", letter = "", text = ""] = title;
  const remark = / \((differs|not applicable)\)$/.exec(text);
  return [
    {
      item: `${group}.${number}${letter}`,
      group,
      number: Number(number),
      rule: remark === null ? text : text.slice(0, remark.index),
      asPython: remark?.[1] ?? "yes",
      file: relative(".", file),
    },
  ];
}

/**
 * @param {Row} a
 * @param {Row} b
 */
function compareRows(a, b) {
  return (
    a.number - b.number ||
    a.item.localeCompare(b.item, "en") ||
    a.file.localeCompare(b.file, "en")
  );
}

function findMissing() {
  const tested = new Set(rows.map(({ group, number }) => `${group}.${number}`));
  const missing = groups
    .flatMap(([group, count]) =>
      Array.from({ length: count }, (_, index) => `${group}.${index + 1}`),
    )
    .filter((item) => !tested.has(item));
  return missing.length === 0
    ? []
    : [`No test names these rules: ${missing.join(", ")}`];
}

function findUnknown() {
  return rows
    .filter(({ group, number }) => {
      const known = groups.find(([name]) => name === group);
      return known === undefined || number < 1 || number > known[1];
    })
    .map(({ item, file }) => `No rule has number ${item}, named in ${file}`);
}

/** @param {string} group */
function findRows(group) {
  return rows.filter((row) => row.group === group);
}

function formatPage() {
  const sections = groups
    .filter(([, count]) => count > 0)
    .map(
      ([group, , title]) => `
## ${group} ${title}

| Item | Rule | As Python | Test |
| --- | --- | --- | --- |
${[...new Set(findRows(group).map(formatRow))].join("\n")}
`,
    );
  return introduction + sections.join("");
}

/** @param {Row} row */
function formatRow({ item, rule, asPython, file }) {
  const link = `[${file.replace(/^.*\//, "")}](../${file})`;
  return `| ${item} | ${escapeCell(rule)} | ${asPython} | ${link} |`;
}

/**
 * Escapes what Markdown would take for its own; code is left but for the bars.
 *
 * @param {string} text
 */
function escapeCell(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith("`") ? part : part.replaceAll(/[\\*_<[\]]/g, "\\$&"),
    )
    .join("")
    .replaceAll("|", "\\|");
}

/** @param {string} page */
function checkPage(page) {
  const current = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (current !== page) fail(`${path} is stale: run npm run semantics`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
