import { CountRange, TimeRange, Timestamp, type Rate } from "@sluice/time";

/** Keeps which counts were found of those that are wanted, and tells which were not. */
export class CoveredCounts {
  readonly #wanted: CountRange;
  readonly #found: { readonly from: number; readonly past: number }[] = [];

  /** @param wanted Those from its start on, and before its end. */
  constructor(wanted: CountRange) {
    this.#wanted = wanted;
  }

  /** Notes that counts are there. */
  add(from: number, past: number): void {
    this.#found.push({ from, past });
  }

  /** Gives the ranges of counts that are not there. */
  findMissing(): CountRange[] {
    const { start = 0, end = 0 } = this.#wanted;
    const missing: CountRange[] = [];
    let at = start;
    for (const { from, past } of this.#found.sort((a, b) => a.from - b.from)) {
      if (from > at) missing.push(CountRange.of(at, Math.min(from, end)));
      at = Math.max(at, past);
    }
    if (at < end) missing.push(CountRange.of(at, end));
    return missing;
  }
}

/** Gives the range of time of a range of counts, from an origin that is no multiple. */
export function toTimeRange(
  { start, end }: CountRange,
  rate: Rate,
  origin: Timestamp,
): TimeRange {
  const at = (count: number | undefined): Timestamp | undefined =>
    count === undefined
      ? undefined
      : Timestamp.fromCount(count, rate, { phase: origin });
  return TimeRange.of(at(start), at(end));
}
