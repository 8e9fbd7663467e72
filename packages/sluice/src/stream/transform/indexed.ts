import type { Kind, Step } from "../engine/step.ts";

/** Gives each item with its number. */
export const INDEXED: Kind = {
  push(this: Step, value) {
    return this.next.push([++this.count, value]);
  },
};
