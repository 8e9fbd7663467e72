/**
 * Looks for the first pipeline that does with a library what it should not: a process
 * of its own, which is told where to look, tells how far it is, and may hang.
 */
import { findMismatch } from "../check.ts";
import { generate } from "../generate.ts";
import { withoutWarnings } from "../kit/warnings.ts";

const [count = 0, seed = 0] = process.argv.slice(2).map(Number);

await withoutWarnings(async () => {
  for (let index = 0; index < count; index++) {
    tell({ index, isFound: false });
    const mismatch = await findMismatch(generate(seed, index));
    if (mismatch === undefined) continue;
    tell({ index, isFound: true });
    break;
  }
});
// What was left behind by a mistake may never end.
process.exit();

function tell(state: { index: number; isFound: boolean }): void {
  process.send?.(state);
}
