import { once } from "node:events";
import type { OutputStream } from "../command-io.ts";

/** Writes text, and waits while whoever reads it has enough. */
export async function writeText(
  stream: OutputStream,
  text: string,
): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
