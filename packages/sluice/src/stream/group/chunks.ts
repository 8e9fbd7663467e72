import { CONTINUE } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";

/** Gives items in arrays of `argument` items; the last may be shorter. */
export const CHUNKS: Kind = {
  start(this: Step) {
    this.state = [];
  },
  push(this: Step, value) {
    const chunk = this.state as unknown[];
    chunk.push(value);
    if (chunk.length < Number(this.argument)) return CONTINUE;
    this.state = [];
    return this.next.push(chunk);
  },
  flush(this: Step) {
    const chunk = this.state as unknown[];
    return chunk.length === 0 ? CONTINUE : this.next.push(chunk);
  },
};
