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
