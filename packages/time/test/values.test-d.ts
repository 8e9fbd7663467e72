import { describe, expectTypeOf, it } from "vitest";
import {
  CountRange,
  Rate,
  TimeCode,
  TimeOutOfRangeError,
  TimeRange,
  TimeRanges,
  TimeSyntaxError,
  Timestamp,
  type Bounds,
  type Inclusivity,
  type RangeRounding,
  type Rounding,
} from "@sluice/time";

describe("the values", () => {
  it("are made by named constructors alone", () => {
    // @ts-expect-error -- it is private
    new Timestamp(5n);
    // @ts-expect-error -- it is private
    new TimeRange();
    // @ts-expect-error -- it is private
    new Rate(25);
    // @ts-expect-error -- it is private
    new TimeCode(0);
    // @ts-expect-error -- it is private
    new CountRange(0, 1);
    // @ts-expect-error -- it is private
    new TimeRanges([]);
  });

  it("do not change", () => {
    const time = Timestamp.zero;
    // @ts-expect-error -- it is readonly
    time.nanoseconds = 5n;
    // @ts-expect-error -- it is readonly
    TimeRange.never.start = time;
    // @ts-expect-error -- it is readonly
    Rate.of(25).numerator = 30;
    // @ts-expect-error -- it is readonly
    TimeRanges.never.ranges[0] = TimeRange.eternity;
  });

  it("are no numbers", () => {
    expectTypeOf(Timestamp.zero).not.toExtend<number | bigint | string>();
    // @ts-expect-error -- a rate is not a number
    Timestamp.fromCount(1, 25);
    // @ts-expect-error -- an instant is not a number
    TimeRange.of(0, 10);
    // @ts-expect-error -- a text is parsed
    Timestamp.compare("0:0", "0:1");
  });

  it("are not taken for each other", () => {
    expectTypeOf(Timestamp.zero).not.toExtend<Rate>();
    expectTypeOf(TimeRange.never).not.toExtend<CountRange>();
    expectTypeOf(CountRange.never).not.toExtend<TimeRange>();
    expectTypeOf(TimeRange.never).toExtend<Bounds>();
  });
});

describe("what they give", () => {
  it("is of these types", () => {
    const [time, rate] = [Timestamp.zero, Rate.of(25)];
    const range = TimeRange.of(time, undefined);

    expectTypeOf(time.nanoseconds).toEqualTypeOf<bigint>();
    expectTypeOf(time.toCount(rate)).toEqualTypeOf<number>();
    expectTypeOf(time.toBigCount(rate)).toEqualTypeOf<bigint>();
    expectTypeOf(range.start).toEqualTypeOf<Timestamp | undefined>();
    expectTypeOf(range.length).toEqualTypeOf<Timestamp | undefined>();
    expectTypeOf(range.inclusivity).toEqualTypeOf<Inclusivity>();
    expectTypeOf(range.splitAt(time)).toEqualTypeOf<[TimeRange, TimeRange]>();
    expectTypeOf(range.atRate(rate)).toExtend<Iterable<Timestamp>>();
    expectTypeOf(TimeRanges.never.find(time)).toEqualTypeOf<
      TimeRange | undefined
    >();
  });

  it("errors have their code as a literal", () => {
    expectTypeOf<TimeSyntaxError["code"]>().toEqualTypeOf<"TIME_SYNTAX">();
    expectTypeOf<
      TimeOutOfRangeError["code"]
    >().toEqualTypeOf<"TIME_OUT_OF_RANGE">();
    expectTypeOf<TimeSyntaxError>().toExtend<SyntaxError>();
    expectTypeOf<TimeOutOfRangeError>().toExtend<RangeError>();
  });

  it("words are words", () => {
    expectTypeOf<Rounding>().toEqualTypeOf<"nearest" | "up" | "down">();
    expectTypeOf<RangeRounding>().toEqualTypeOf<
      Rounding | "in" | "out" | "start" | "end"
    >();
    // @ts-expect-error -- there is no such word
    Timestamp.zero.toCount(Rate.of(25), { rounding: "floor" });
    // @ts-expect-error -- it is for ranges
    Timestamp.zero.toCount(Rate.of(25), { rounding: "in" });
  });

  it("compare() may be handed on by itself", () => {
    const { compare } = Timestamp;

    expectTypeOf([Timestamp.zero].sort(compare)).toEqualTypeOf<Timestamp[]>();
  });
});
