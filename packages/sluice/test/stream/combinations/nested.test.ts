import { describe, expect, it } from "vitest";
import { errorContext, from, type Many, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { recordDetached } from "../../support/record-detached.ts";

interface Operator {
  readonly name: string;
  readonly apply: (
    outer: Stream<number>,
    create: () => Many<number>,
  ) => Stream<number>;
}

/** The operators that open other sources for the items of theirs. */
const operators: readonly Operator[] = [
  {
    name: "flatMap(fn)",
    apply: (outer, create) => outer.flatMap(create),
  },
  {
    name: "flatMap(fn, { concurrency })",
    apply: (outer, create) => outer.flatMap(create, { concurrency: 2 }),
  },
  {
    name: "flatMap(fn, { concurrency, ordered: false })",
    apply: (outer, create) =>
      outer.flatMap(create, { concurrency: 2, ordered: false }),
  },
  {
    name: "switchMap(fn)",
    apply: (outer, create) => outer.switchMap(create),
  },
];

const ofOuter = (): Error => new Error("of closing the outer source");
const ofInner = (): Error => new Error("of the inner source");

describe.each(operators)("$name", ({ apply }) => {
  it("fails with what its inner source does, and keeps what closing the outer one does", async () => {
    const [first, second] = [ofInner(), ofOuter()];
    const { reports, onDetached } = recordDetached();
    const [outer, track] = tracked([1], { stuck: true, closeError: second });
    const [inner] = tracked([10], { error: first });

    const failure = await virtualClock().run(() =>
      errorOf(apply(from(outer, { onDetached }), () => inner).toArray()),
    );

    expect(failure).toBe(first);
    expect(errorContext(first)).toBe(second);
    expect(track.closed).toBe(1);
    expect(reports).toEqual([]);
  });

  it("fails with both where closing fails in the inner source and in the outer one", async () => {
    const errors = [ofInner(), ofOuter()];
    const { reports, onDetached } = recordDetached();
    const [outer, track] = tracked([1], {
      stuck: true,
      closeError: errors[1],
    });
    const [inner, innerTrack] = tracked([10], {
      stuck: true,
      closeError: errors[0],
    });

    const failure = await virtualClock().run(async () => {
      const applied = apply(from(outer, { onDetached }), () => inner);
      await applied.next();
      return errorOf(applied.return());
    });

    expect(failure).toBeInstanceOf(AggregateError);
    expect(failure).toMatchObject({ errors });
    expect([innerTrack.closed, track.closed]).toEqual([1, 1]);
    expect(reports).toEqual([]);
  });
});
