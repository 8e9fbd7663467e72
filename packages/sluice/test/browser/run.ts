import { canRun, runProgram } from "../interop/program.ts";
import { programs } from "../interop/programs.ts";

/** What a program printed, beside what it is to print. */
export interface Result {
  readonly title: string;
  readonly prints: readonly string[];
  readonly printed: readonly string[];
}

/** Runs one program after the other, in a page: but for what the browser lacks. */
export async function run(): Promise<Result[]> {
  const results: Result[] = [];
  for (const program of programs) {
    const { title, prints } = program;
    if (canRun(program)) {
      results.push({ title, prints, printed: await runProgram(program) });
    } else {
      console.log(`Not run, as this browser lacks what it needs: ${title}`);
    }
  }
  return results;
}
