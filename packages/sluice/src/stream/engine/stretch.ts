import type { Cursor } from "./cursor.ts";
import type { Settings } from "./settings.ts";
import type { StepPlan } from "./step.ts";

/** What an operator reads, not opened yet. */
export interface Upstream {
  readonly settings: Settings;
  /** Makes the cursor; nothing runs. */
  open(): Cursor;
}

/** A linear part of a pipeline: a source and steps. */
export interface Stretch extends Upstream {
  /** Takes off the steps at the end that look at one item at a time. */
  detachItemSteps(): readonly StepPlan[];
}
