import type { Cursor } from "./cursor.ts";
import type { Settings } from "./settings.ts";
import type { StepPlan } from "./step.ts";

/** A linear part of a pipeline: a source and steps, not opened yet. */
export interface Stretch {
  readonly settings: Settings;
  /** Makes the cursor; nothing runs. */
  open(): Cursor;
  /** Takes off the steps at the end that look at one item at a time. */
  detachItemSteps(): readonly StepPlan[];
}
