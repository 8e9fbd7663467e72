/**
 * What tests are made of: time that is virtual, sources that keep track of what is done
 * with them, and the laws of operators.
 *
 * @module sluice/testing
 */

// Time
export {
  DeadlockError,
  virtualClock,
  type VirtualClock,
  type VirtualClockOptions,
} from "./virtual-clock.ts";

// Sources
export type { TrackedBehaviour } from "./pass.ts";
export type { Track } from "./track.ts";
export { tracked, type TrackedForms, type TrackedOptions } from "./tracked.ts";

// Operators
export type { Law } from "./laws/law.ts";
export type {
  LawCallback,
  LawfulOperator,
  OperatorLawsOptions,
} from "./laws/subject.ts";
export { operatorLaws } from "./operator-laws.ts";
