import type { Subject } from "./subject.ts";

/** A promise that operators keep, as {@linkcode operatorLaws} gives it. */
export interface Law {
  /** What the operator does, as the title of a test. */
  readonly title: string;
  /** Runs the operator; rejects, and says what it did instead, if it does not do that. */
  readonly check: () => Promise<void>;
}

/** A law, before it is known for which operator. */
export interface LawPlan {
  readonly title: string;
  /** Which operators it binds; all if absent. */
  readonly binds?: (subject: Subject) => boolean;
  readonly check: (subject: Subject) => Promise<void>;
}
