import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { findPlanted, formatPipelines } from "./planted.mjs";

const path = "docs/fuzz.md";
const begin = "<!-- The table is written by npm run fuzz -- --planted -->";
const end = "<!-- End of the table -->";

/**
 * Looks for planted mistakes, and writes how soon each was found into `docs/fuzz.md`.
 *
 * @param {number} count How many pipelines to look with, at most.
 * @param {number} seed
 * @throws {Error} If the page has no place for the table.
 */
export async function writePlanted(count, seed) {
  const page = readFileSync(path, "utf8");
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`Cannot write the table: ${path} has no place for it`);
  }
  const findings = await findPlanted(count, seed);
  const rows = findings.map((finding) => {
    const { mistake } = finding;
    const found = formatPipelines(finding);
    const elsewhere =
      finding.pipelines === undefined && mistake.elsewhere !== undefined
        ? `, but ${mistake.elsewhere}`
        : "";
    return `| ${mistake.title} | ${found}${elsewhere} | ${seed} |`;
  });
  const table = `${begin}

| Mistake | Found after pipelines, of ${count.toLocaleString("en")} | Seed |
| --- | --: | --: |
${rows.join("\n")}

${end}`;
  writeFileSync(
    path,
    await format(before + table + after, { parser: "markdown" }),
  );
}
