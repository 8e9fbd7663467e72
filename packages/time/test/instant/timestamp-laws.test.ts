import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rate, TimeSyntaxError, Timestamp } from "@sluice/time";
import { rates, timestamps } from "@sluice/time/testing";

const known = ["25", "30000/1001", "24000/1001", "48000", "44100", "90000"];
const grammar = /^(?!-0:0$)-?(0|[1-9]\d*):(0|[1-9]\d{0,8})$/;

describe.each(known)("at a rate of %s", (text) => {
  const rate = Rate.parse(text);
  const most = 2 ** 40;

  it("a count survives the way to an instant and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -most, max: most }), (count) => {
        expect(Timestamp.fromCount(count, rate).toCount(rate)).toBe(count);
      }),
    );
  });

  it("each of the first 10000 counts does, on both sides of the origin", () => {
    for (let count = -10_000; count <= 10_000; count++) {
      const time = Timestamp.fromCount(count, rate);
      if (time.toCount(rate) !== count) expect.fail(`${count} is lost`);
    }
  });

  it("so do counts from 1970 on", () => {
    const start = Timestamp.parse("1694429247:0").toCount(rate);
    for (let count = start; count < start + 2000; count++) {
      const time = Timestamp.fromCount(count, rate);
      if (time.toCount(rate) !== count) expect.fail(`${count} is lost`);
    }
  });

  it("rounding up undoes it from 0 on, and rounding down up to 0", () => {
    fc.assert(
      fc.property(fc.nat(most), (count) => {
        const [after, before] = [count, -count].map((one) =>
          Timestamp.fromCount(one, rate),
        );
        expect(after?.toCount(rate, { rounding: "up" })).toBe(count);
        expect(before?.toCount(rate, { rounding: "down" })).toBe(0 - count);
      }),
    );
  });

  it("a phase changes nothing of that", () => {
    const phases = timestamps({
      min: Timestamp.parse("-1:0"),
      max: Timestamp.parse("1:0"),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -most, max: most }),
        phases,
        (count, phase) => {
          const time = Timestamp.fromCount(count, rate, { phase });
          expect(time.toCount(rate, { phase })).toBe(count);
        },
      ),
    );
  });
});

describe("at any rate", () => {
  const near = timestamps({
    min: Timestamp.parse("-4000000000:0"),
    max: Timestamp.parse("4000000000:0"),
  });

  it("a count survives the way to an instant and back", () => {
    fc.assert(
      fc.property(
        rates(),
        fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n }),
        (rate, count) => {
          expect(Timestamp.fromCount(count, rate).toBigCount(rate)).toBe(count);
        },
      ),
    );
  });

  it("a count of either type gives the same, or fails alike", () => {
    const slowest = Rate.of(1, 100_000);
    const most = Number(Timestamp.highest.toBigCount(slowest));
    const counts = fc.oneof(
      fc.maxSafeInteger(),
      fc.integer({ min: most - 3, max: most + 3 }),
      fc.integer({ min: -most - 3, max: -most + 3 }),
    );
    const attempt = (count: bigint | number, rate: Rate) => {
      try {
        return `${Timestamp.fromCount(count, rate)}`;
      } catch (error) {
        return error instanceof RangeError ? error.message : error;
      }
    };
    fc.assert(
      fc.property(
        fc.oneof(rates(), fc.constant(slowest)),
        counts,
        (rate, count) => {
          expect(attempt(count, rate)).toBe(attempt(BigInt(count), rate));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("the start of a later unit is not earlier", () => {
    fc.assert(
      fc.property(rates(), fc.integer(), (rate, count) => {
        const time = Timestamp.fromCount(count, rate);
        const next = Timestamp.fromCount(count + 1, rate);
        expect(time.isBefore(next)).toBe(true);
      }),
    );
  });

  it("what is normalised stays where it is", () => {
    fc.assert(
      fc.property(rates(), near, (rate, time) => {
        const once = time.normalise(rate);
        expect(`${once.normalise(rate)}`).toBe(`${once}`);
      }),
    );
  });

  it("down is not above nearest, and nearest not above up, but where up leaves room", () => {
    fc.assert(
      fc.property(rates(), near, (rate, time) => {
        const [down, nearest, up] = (["down", "nearest", "up"] as const).map(
          (rounding) => time.toBigCount(rate, { rounding }),
        );
        if (down === undefined || nearest === undefined || up === undefined) {
          return;
        }
        expect(down <= nearest && nearest <= up && up - down <= 1n).toBe(true);
      }),
    );
  });

  it("the phase offset is at least 0, and less than a unit", () => {
    fc.assert(
      fc.property(rates(), near, (rate, time) => {
        const { nanoseconds } = time.toPhaseOffset(rate);
        const unit = Timestamp.intervalOf(rate).nanoseconds;
        // A unit may be rounded up, by less than a nanosecond.
        expect(nanoseconds >= 0n && nanoseconds <= unit).toBe(true);
      }),
    );
  });

  it("the phase offset of the start of a unit is 0", () => {
    fc.assert(
      fc.property(rates(), fc.integer(), (rate, count) => {
        const time = Timestamp.fromCount(count, rate);
        expect(`${time.toPhaseOffset(rate)}`).toBe("0:0");
      }),
    );
  });
});

describe("texts", () => {
  it("every timestamp survives the way to text and back", () => {
    fc.assert(
      fc.property(timestamps(), (time) => {
        expect(Timestamp.parse(`${time}`).nanoseconds).toBe(time.nanoseconds);
        expect(Timestamp.parseSeconds(time.formatSeconds()).nanoseconds).toBe(
          time.nanoseconds,
        );
      }),
    );
  });

  it("exactly TAMS's texts are taken, and given back to the letter", () => {
    const signs = fc.constantFrom("", "-", "+", " ");
    const digits = fc.oneof(
      fc.nat(20).map(String),
      fc.string({ unit: fc.constantFrom("0", "1", "9"), maxLength: 11 }),
      fc.string({ maxLength: 3 }),
    );
    const texts = fc
      .tuple(signs, digits, fc.constantFrom(":", ".", ""), digits)
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        if (grammar.test(text)) {
          expect(Timestamp.parse(text).toString()).toBe(text);
        } else {
          expect(() => Timestamp.parse(text)).toThrow(TimeSyntaxError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("a fault is within the text, or at its end", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          Timestamp.parse(text);
        } catch (error) {
          if (!(error instanceof TimeSyntaxError)) throw error;
          expect(error.position).toBeGreaterThanOrEqual(0);
          expect(error.position).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});

describe("order and arithmetic", () => {
  it("the order is that of the nanoseconds", () => {
    fc.assert(
      fc.property(timestamps(), timestamps(), (a, b) => {
        const order = Timestamp.compare(a, b);
        expect(Math.sign(order)).toBe(
          a.nanoseconds < b.nanoseconds
            ? -1
            : a.nanoseconds > b.nanoseconds
              ? 1
              : 0,
        );
        expect(order + Timestamp.compare(b, a)).toBe(0);
        expect(a.isBefore(b)).toBe(order < 0);
        expect(a.isAfter(b)).toBe(order > 0);
        expect(a.equals(b)).toBe(order === 0);
      }),
    );
  });

  it("taking away undoes adding", () => {
    const half = {
      min: Timestamp.lowest.floorDivide(2),
      max: Timestamp.highest.floorDivide(2),
    };
    fc.assert(
      fc.property(timestamps(half), timestamps(half), (a, b) => {
        expect(`${a.add(b).subtract(b)}`).toBe(`${a}`);
        expect(`${a.negate().negate()}`).toBe(`${a}`);
      }),
    );
  });

  it("dividing rounds down, as a floating-point floor does", () => {
    const small = timestamps({
      min: Timestamp.parse("-0:1000"),
      max: Timestamp.parse("0:1000"),
    });
    fc.assert(
      fc.property(small, fc.integer({ min: -50, max: 50 }), (time, divisor) => {
        fc.pre(divisor !== 0);
        const expected = Math.floor(Number(time.nanoseconds) / divisor);
        expect(Number(time.floorDivide(divisor).nanoseconds)).toBe(
          expected + 0,
        );
      }),
    );
  });
});
