import Table from "cli-table3";

const nothing = "";
const bare = {
  top: nothing,
  "top-mid": nothing,
  "top-left": nothing,
  "top-right": nothing,
  bottom: nothing,
  "bottom-mid": nothing,
  "bottom-left": nothing,
  "bottom-right": nothing,
  left: nothing,
  "left-mid": nothing,
  mid: nothing,
  "mid-mid": nothing,
  right: nothing,
  "right-mid": nothing,
  middle: "  ",
};

/**
 * Sets rows in columns, for people.
 *
 * @param head The columns' names.
 * @param rows The rows.
 * @returns Lines, each with its end.
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: head.map((name) => name.toUpperCase()),
    chars: bare,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => [...row]));
  const lines = table.toString().split("\n");
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}
