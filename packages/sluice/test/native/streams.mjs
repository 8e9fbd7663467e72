import assert from "node:assert/strict";
import { describe, it } from "node:test";
// Whatever has `await using` strips types by itself.
import { runProgram } from "../interop/program.ts";
import { programs } from "../interop/programs.ts";

describe("a stream, where the language's own `await using` is taken", () => {
  for (const program of programs) {
    it(program.title, async () => {
      assert.deepEqual(await runProgram(program), program.prints);
    });
  }
});
