/**
 * Writes a table as Markdown, as Prettier has it: the columns padded, and all
 * but the first aligned to the right.
 *
 * @param {readonly (readonly string[])[]} rows The first is the head.
 */
export function formatTable(rows) {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column].length)),
  );
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  const padded = [head, ...body].map((row) =>
    row.map((cell, column) =>
      column === 0
        ? cell.padEnd(widths[column])
        : cell.padStart(widths[column]),
    ),
  );
  const [top, ...rest] = padded;
  return [top, rule, ...rest]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
