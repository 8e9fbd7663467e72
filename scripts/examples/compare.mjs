/**
 * Compares what a program printed with what it should have; blanks at the end
 * of a line, and of the text, do not count.
 *
 * @param {string} expected What it should have printed.
 * @param {string} got What it printed.
 * @returns {string | undefined} The two as one, if they differ: what both start
 * and end with, once, and between, the lines of each, marked `-` and `+`.
 */
export function compareOutput(expected, got) {
  const wanted = trimLines(expected);
  const found = trimLines(got);
  if (wanted.join("\n") === found.join("\n")) return undefined;
  const shorter = Math.min(wanted.length, found.length);
  let start = 0;
  while (start < shorter && wanted[start] === found[start]) start += 1;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === found.at(-1 - end)) {
    end += 1;
  }
  return [
    ...wanted.slice(0, start).map((line) => `  ${line}`),
    ...wanted.slice(start, wanted.length - end).map((line) => `- ${line}`),
    ...found.slice(start, found.length - end).map((line) => `+ ${line}`),
    ...wanted.slice(wanted.length - end).map((line) => `  ${line}`),
  ].join("\n");
}

/** @param {string} text */
function trimLines(text) {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => line.trimEnd());
}
