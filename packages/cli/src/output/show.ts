import type { Stream } from "sluice";
import type { CommandContext } from "../work.ts";
import { writeJsonLine } from "./json-lines.ts";
import { formatTable } from "./table.ts";
import { writeText } from "./write-text.ts";

/** How things are shown to people. */
export interface Columns<T> {
  readonly head: readonly string[];
  readonly toRow: (item: T) => readonly string[];
  /** What is written if there are none. */
  readonly none: string;
}

/** Writes many things: each in a line of JSON for programs, or a table for people. */
export async function showAll<T>(
  context: CommandContext,
  items: Stream<T>,
  { head, toRow, none }: Columns<T>,
): Promise<void> {
  const { io, json } = context;
  const given = items.withOptions({ signal: io.signal });
  if (json) {
    await given.forEach((item) => writeJsonLine(context, item));
    return;
  }
  const rows = await given.map(toRow).toArray();
  const text = rows.length === 0 ? `${none}\n` : formatTable(head, rows);
  await writeText(io.stdout, text);
}

/** Writes one thing: a line of JSON for programs, or lines for people. */
export async function showOne(
  context: CommandContext,
  value: unknown,
  lines: readonly string[],
): Promise<void> {
  if (context.json) await writeJsonLine(context, value);
  else await writeText(context.io.stdout, lines.map((l) => `${l}\n`).join(""));
}
