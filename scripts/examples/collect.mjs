import { existsSync, readFileSync, readdirSync } from "node:fs";
import { parseDocFences, parseFences } from "./fences.mjs";

/** @import { Fence } from "./fences.mjs" */

/**
 * A passage of code that is compiled, and run unless it says otherwise.
 *
 * @typedef {object} Example
 * @property {string} file The file it stands in, from the root.
 * @property {number} line The line of that file on which it starts.
 * @property {"ts" | "py"} language What it is written in.
 * @property {string} code The passage itself.
 * @property {boolean} runs Whether it is run, or only compiled.
 * @property {string | undefined} prints What it must print, if that is told.
 */

const longestProgram = 40;

/**
 * Collects all examples: of doc comments, of Markdown, and of `examples/`.
 *
 * @returns {Example[]} The examples, by file and line.
 * @throws {SyntaxError} If a program of `examples/` is too long, or does not
 * tell what it prints.
 */
export function collectExamples() {
  const packages = readdirSync("packages").map((name) => `packages/${name}`);
  const readmes = ["README.md", ...packages.map((path) => `${path}/README.md`)];
  return [
    ...packages
      .flatMap((path) => listFiles(`${path}/src`, ".ts"))
      .flatMap(collectFromSource),
    ...[
      ...readmes.filter(existsSync),
      ...listFiles("docs/guides", ".md"),
    ].flatMap(collectFromMarkdown),
    ...listFiles("examples", ".ts").map(collectProgram),
  ];
}

/**
 * @param {string} folder The folder, from the root; it need not exist.
 * @param {string} ending How the names of the files end.
 */
function listFiles(folder, ending) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** @param {string} file */
function collectFromSource(file) {
  const comments = parseDocFences(readFileSync(file, "utf8"));
  return comments.flatMap((fences) => collectFromFences(file, fences));
}

/** @param {string} file */
function collectFromMarkdown(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  return collectFromFences(file, parseFences(lines, 1));
}

/**
 * @param {string} file
 * @param {readonly Fence[]} fences
 */
function collectFromFences(file, fences) {
  /** @type {Example[]} */
  const examples = [];
  /** @type {Fence | undefined} */
  let python;
  for (const [index, fence] of fences.entries()) {
    if (fence.before.some(isHeading)) python = undefined;
    if (fence.flags.includes("ignore")) continue;
    if (fence.language === "python") python = fence;
    if (fence.language !== "ts") continue;
    const prints = findOutput(fences[index + 1]);
    if (python !== undefined && prints !== undefined) {
      examples.push(toExample(file, "py", python, prints));
      python = undefined;
    }
    examples.push(toExample(file, "ts", fence, prints));
  }
  return examples;
}

/**
 * @param {string} file
 * @param {"ts" | "py"} language
 * @param {Fence} fence
 * @param {string | undefined} prints
 * @returns {Example}
 */
function toExample(file, language, { code, line, flags }, prints) {
  return {
    file,
    line,
    language,
    code,
    runs: !flags.includes("no-run"),
    prints,
  };
}

/**
 * Tells what a block prints, if the next one shows it: at most one paragraph
 * stands between the two.
 *
 * @param {Fence | undefined} next
 */
function findOutput(next) {
  if (next?.language !== "text" || next.flags.includes("ignore")) return;
  if (next.before.some(isHeading)) return;
  const isNear = !next.before.join("\n").trim().includes("\n\n");
  return isNear ? next.code : undefined;
}

/** @param {string} line */
function isHeading(line) {
  return /^#{1,6} /.test(line);
}

/**
 * @param {string} file
 * @returns {Example}
 */
function collectProgram(file) {
  const code = readFileSync(file, "utf8");
  const [head = "", comment = ""] = /^\/\*\*\n([^]*?) \*\/\n/.exec(code) ?? [];
  const [, output] = comment.split(/^ \* Prints:\n/m);
  if (output === undefined) {
    throw new SyntaxError(`Cannot run ${file}: its head tells no output`);
  }
  const length = code.slice(head.length).trim().split("\n").length;
  if (length > longestProgram) {
    throw new SyntaxError(
      `Cannot run ${file} as at most ${longestProgram} lines are allowed: ${length} found`,
    );
  }
  const prints = output.replaceAll(/^ \*(?: {5})?/gm, "");
  return { file, line: 1, language: "ts", code, runs: true, prints };
}
