import type { CommandContext } from "../work.ts";
import { writeText } from "./write-text.ts";

/** Writes a value as one line of JSON. */
export async function writeJsonLine(
  { io }: CommandContext,
  value: unknown,
): Promise<void> {
  await writeText(io.stdout, `${JSON.stringify(value, toJson)}\n`);
}

/** What JSON has no word for is written as its text. */
function toJson(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
