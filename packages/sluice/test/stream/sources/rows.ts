import { iterableRows } from "./rows-of-iterables.ts";
import { platformRows } from "./rows-of-platforms.ts";
import { pushedRows } from "./rows-of-pushed.ts";
import type { SourceRow } from "./specimen.ts";

/** All sources. */
export const sourceRows: readonly SourceRow[] = [
  ...iterableRows,
  ...platformRows,
  ...pushedRows,
];
