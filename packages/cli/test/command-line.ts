import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { run } from "@sluice/cli";
import { asyncContextManager } from "sluice";

/** What a command line gave. */
export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export async function answer(
  words: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = Promise.all([text(stdout), text(stderr)]);
  try {
    const code = await run(words, { stdout, stderr, signal });
    return { code, ...(await end()) };
  } finally {
    await end();
  }

  async function end(): Promise<{ out: string; err: string }> {
    stdout.end();
    stderr.end();
    const [out, err] = await texts;
    return { out, err };
  }
}

/** Runs a command line for programs; gives its lines. */
export async function answerJson(words: readonly string[]): Promise<unknown[]> {
  const { code, out, err } = await answer([...words, "--json"]);
  if (code !== 0) throw new Error(err);
  return out
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as unknown);
}

/** A folder, and the URL of a store in it, for one block. */
export const temporaryStore = asyncContextManager(
  async function* () {
    const folder = await mkdtemp(join(tmpdir(), "sluice-cli-"));
    try {
      yield { folder, store: `file:${join(folder, "store")}` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  { suppresses: false },
);

/** The path of a sample. */
export function sample(name: string): string {
  return fileURLToPath(new URL(`../../../samples/${name}`, import.meta.url));
}
