import { readFileSync, writeFileSync } from "node:fs";

const page = "docs/benchmarks.md";

/**
 * Puts a report on the page, between the marks that are there for it.
 *
 * @param {string} section
 * @param {string} script The one that writes it, as `npm run` knows it.
 * @param {string} report Markdown.
 */
export function writeSection(section, script, report) {
  const start = `<!-- ${section}: written by npm run ${script} -->\n`;
  const end = `<!-- ${section}: end -->\n`;
  const text = readFileSync(page, "utf8");
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`Cannot write ${page}: the marks are missing`);
  }
  const head = text.slice(0, from + start.length);
  writeFileSync(page, `${head}\n${report}\n\n${text.slice(to)}`);
  console.log(`Written to ${page}`);
}
