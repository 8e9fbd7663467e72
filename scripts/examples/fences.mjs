/**
 * A fenced block of code, in Markdown or in a doc comment.
 *
 * @typedef {object} Fence
 * @property {string} language The first word after the opening fence.
 * @property {readonly string[]} flags The words after it.
 * @property {string} code The text between the fences, without their indentation.
 * @property {number} line The line of the file, from 1, on which the code starts.
 * @property {readonly string[]} before The lines since the fence before, or the start.
 */

/**
 * Finds the fenced blocks of a text.
 *
 * @param {readonly string[]} lines The text.
 * @param {number} first The number of its first line in the file.
 * @returns {Fence[]} The blocks, in order.
 */
export function parseFences(lines, first) {
  const fences = [];
  /** @type {string[]} */
  let before = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const opening = /^(\s*)(`{3,})(.*)$/.exec(line);
    if (opening === null) {
      before.push(line);
      continue;
    }
    const [, indent = "", ticks = "", info = ""] = opening;
    const [language = "", ...flags] = info.trim().split(/\s+/);
    const end = lines.findIndex(
      (text, index) => index > at && text.trim() === ticks,
    );
    const body = lines.slice(at + 1, end === -1 ? undefined : end);
    const code = body.map((text) =>
      text.startsWith(indent) ? text.slice(indent.length) : text.trimStart(),
    );
    fences.push({
      language,
      flags,
      code: code.join("\n"),
      line: first + at + 1,
      before,
    });
    before = [];
    at += body.length + 1;
  }
  return fences;
}

/**
 * Finds the fenced blocks in the doc comments of a TypeScript file.
 *
 * @param {string} source The file's text.
 * @returns {Fence[][]} For each comment that has any, its blocks.
 */
export function parseDocFences(source) {
  const comments = source.matchAll(/^[ \t]*\/\*\*\n([^]*?)\*\//gm);
  return [...comments].map(({ index, 1: text = "" }) => {
    const first = source.slice(0, index).split("\n").length + 1;
    const lines = text.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
    return parseFences(lines, first);
  });
}
