import type { Row } from "./row.ts";
import { paceRows } from "./rows-of-pace.ts";
import { otherRows } from "./rows-of-several.ts";
import { stepRows } from "./rows-of-steps.ts";

/** All operators. */
export const rows: readonly Row[] = [...stepRows, ...paceRows, ...otherRows];
