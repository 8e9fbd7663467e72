import { describe, expect, it } from "vitest";
import { canRun, runProgram } from "./program.ts";
import { programs } from "./programs.ts";

describe("a stream, on the Node that runs this", () => {
  for (const program of programs) {
    it.skipIf(!canRun(program))(program.title, async () => {
      expect(await runProgram(program)).toEqual(program.prints);
    });
  }
});
