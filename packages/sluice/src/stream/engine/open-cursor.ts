import { CursorSource } from "./base-cursor.ts";
import { EMIT, type Cursor } from "./cursor.ts";
import { Machine } from "./machine.ts";
import type { Settings } from "./settings.ts";
import { openSource } from "./source.ts";
import { Step, type StepPlan } from "./step.ts";

/** The last step of a machine that hands its items out. */
export const GIVE: StepPlan = {
  kind: {
    push(this: Step, value) {
      this.machine.value = value;
      return EMIT;
    },
  },
};

/** Makes the cursor of a source that has no steps; nothing runs. */
export function openCursor(source: unknown, settings: Settings): Cursor {
  // A stream that was handed over has one already, with settings of its own.
  if (source instanceof CursorSource) return source[openSource](settings);
  const machine = new Machine(settings);
  return machine.load(source, [new Step(machine, 0, GIVE.kind, [GIVE])]);
}
