import type { DetachedError } from "sluice";

/** Makes an `onDetached` that keeps what it is told. */
export function recordDetached(): {
  readonly reports: readonly DetachedError[];
  readonly onDetached: (error: DetachedError) => void;
} {
  const reports: DetachedError[] = [];
  return {
    reports,
    onDetached: (error) => {
      reports.push(error);
    },
  };
}
