import { spawn } from "node:child_process";
import { once } from "node:events";
import { execPath } from "node:process";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Begun, Done } from "./expected-store.ts";

/** When a process is killed. */
export interface KillPoint {
  /** The seed of what it does. */
  readonly seed: number;
  /** After how many things that it began; 0 for while it opens the store. */
  readonly steps: number;
  /** How long after that, in milliseconds. */
  readonly delayMs: number;
}

/** What a process that was killed had said. */
export interface LastWords {
  /** What was acknowledged. */
  readonly done: readonly (readonly [Begun, Done])[];
  /** What was under way. */
  readonly pending: Begun | undefined;
}

type Line = Begun | Done | { readonly opening: true } | { readonly open: true };

const program = fileURLToPath(new URL("child.mjs", import.meta.url));

/** Lets a process work on a store, and kills it. */
export async function runAndKill(
  folder: string,
  { seed, steps, delayMs }: KillPoint,
): Promise<LastWords> {
  const child = spawn(execPath, [program, folder, String(seed)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint += String(text);
  });
  const ended = once(child, "close");
  const done: (readonly [Begun, Done])[] = [];
  let pending: Begun | undefined;
  let begun = 0;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    if ("begin" in line) {
      pending = line;
      begun += 1;
    }
    if ("done" in line && pending !== undefined) {
      done.push([pending, line]);
      pending = undefined;
    }
    const isThere = steps === 0 ? "opening" in line : begun === steps;
    // The delay is where the kill falls: within what is under way, or behind it.
    if (isThere && "begin" in line !== (steps === 0)) {
      await setTimeout(delayMs);
      child.kill("SIGKILL");
    }
  }
  await ended;
  if (child.signalCode !== "SIGKILL") {
    throw new Error(`The process ended by itself: ${complaint}`);
  }
  return { done, pending };
}
