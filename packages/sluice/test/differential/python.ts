import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Program, Result } from "./program.ts";

/** What Python made of a program. */
export interface PythonResult {
  /** With CPython's own `contextlib`; nothing if that does not end. */
  readonly actual: Result | null;
  /** With what mends CPython where the library differs, if that makes another. */
  readonly reference?: Result;
  /** The mends that made it so. */
  readonly mends?: readonly Mend[];
}

/** What the interpreter can do otherwise than CPython. */
type Mend = "nested-stack" | "close-context" | "caught-in-exit";

/** 3.11.2 does not close a generator that yields again; 3.11.7 does. */
export const OLDEST_PYTHON = "3.11.7";

/** Gives the version of the Python that is there, if there is one new enough. */
export function findPython(): string | undefined {
  const code = "import platform; print(platform.python_version())";
  const found = spawnSync("python3", ["-c", code], { encoding: "utf8" });
  if (found.error !== undefined) return undefined;
  const version = found.stdout.trim();
  const order = version.localeCompare(OLDEST_PYTHON, "en", { numeric: true });
  return order >= 0 ? version : undefined;
}

/** Runs programs in a Python process of their own. */
export async function runPython(
  programs: readonly Program[],
): Promise<PythonResult[]> {
  const script = fileURLToPath(new URL("python/interpret.py", import.meta.url));
  // Neither compiled files nor warnings, such as of `return` in `finally`.
  const child = spawn("python3", ["-B", "-W", "ignore", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  // If it ends early, its exit code tells of it.
  child.stdin.on("error", () => undefined);
  child.stdin.end(programs.map((each) => JSON.stringify(each) + "\n").join(""));
  let text = "";
  child.stdout.setEncoding("utf8");
  for await (const part of child.stdout) text += String(part);
  const code = await exited;
  if (code !== 0) throw new Error(`Cannot run Python: it ended with ${code}`);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as PythonResult);
}
