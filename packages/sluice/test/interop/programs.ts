import { iterationPrograms } from "./iteration-programs.ts";
import type { Program } from "./program.ts";
import { webPrograms } from "./web-programs.ts";

/** The programs that any platform runs. */
export const programs: readonly Program[] = [
  ...iterationPrograms,
  ...webPrograms,
];
