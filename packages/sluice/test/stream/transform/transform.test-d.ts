import { describe, expectTypeOf, it } from "vitest";
import {
  from,
  range,
  Semaphore,
  type CallContext,
  type Outcome,
  type Stream,
} from "sluice";

const numbers: Stream<number> = range(3);

describe("map()", () => {
  it("infers what the callback gives, or promises", () => {
    expectTypeOf(numbers.map(String)).toEqualTypeOf<Stream<string>>();
    expectTypeOf(numbers.map(async (item) => [item])).toEqualTypeOf<
      Stream<number[]>
    >();
    expectTypeOf(
      numbers.map((item) => (item > 1 ? item : Promise.resolve(item))),
    ).toEqualTypeOf<Stream<number>>();
  });

  it("gives the callback the item and its context", () => {
    numbers.map((item, context) => {
      expectTypeOf(item).toEqualTypeOf<number>();
      expectTypeOf(context).toEqualTypeOf<CallContext>();
      expectTypeOf(context.index).toEqualTypeOf<number>();
      expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
    });
  });

  it("takes a number or a semaphore for its concurrency", () => {
    numbers.map(String, { concurrency: 2, ordered: false });
    numbers.map(String, { concurrency: new Semaphore(2) });
    // @ts-expect-error It is no number.
    numbers.map(String, { concurrency: "2" });
  });

  it("refuses a callback of other items", () => {
    // @ts-expect-error The items are numbers.
    numbers.map((item: string) => item);
  });
});

describe("flatMap()", () => {
  it("infers the items of what the callback gives, or promises", () => {
    expectTypeOf(numbers.flatMap((item) => [item])).toEqualTypeOf<
      Stream<number>
    >();
    expectTypeOf(numbers.flatMap(() => range(3))).toEqualTypeOf<
      Stream<number>
    >();
    expectTypeOf(numbers.flatMap(async () => new Set(["text"]))).toEqualTypeOf<
      Stream<string>
    >();
    expectTypeOf(
      numbers.flatMap(async function* () {
        yield "text";
      }),
    ).toEqualTypeOf<Stream<string>>();
  });

  it("infers what promises in an array give", () => {
    expectTypeOf(
      numbers.flatMap((item) => [Promise.resolve(item)]),
    ).toEqualTypeOf<Stream<number>>();
  });

  it("refuses a callback that gives no source", () => {
    // @ts-expect-error A number is none.
    numbers.flatMap((item) => item);
    // @ts-expect-error Nor is nothing.
    numbers.flatMap(() => undefined);
  });
});

describe("switchMap()", () => {
  it("infers the items of what the callback gives", () => {
    expectTypeOf(numbers.switchMap((item) => [`${item}`])).toEqualTypeOf<
      Stream<string>
    >();
  });
});

describe("scan()", () => {
  it("gives results of the type of the items where there is no initial value", () => {
    expectTypeOf(numbers.scan((a, b) => a + b)).toEqualTypeOf<Stream<number>>();
  });

  it("gives results of the type of the initial value", () => {
    expectTypeOf(
      numbers.scan((text, item) => `${text}${item}`, ""),
    ).toEqualTypeOf<Stream<string>>();
  });
});

describe("indexed()", () => {
  it("gives pairs", () => {
    expectTypeOf(from(["a"]).indexed()).toEqualTypeOf<
      Stream<[index: number, value: string]>
    >();
  });
});

describe("tap()", () => {
  it("gives the same items", () => {
    expectTypeOf(numbers.tap(() => "seen")).toEqualTypeOf<Stream<number>>();
  });
});

describe("catch()", () => {
  it("gives the items of both", () => {
    expectTypeOf(numbers.catch(() => ["none"])).toEqualTypeOf<
      Stream<number | string>
    >();
    expectTypeOf(numbers.catch(async () => ["none"])).toEqualTypeOf<
      Stream<number | string>
    >();
  });

  it("gives the same items where the callback gives nothing", () => {
    expectTypeOf(numbers.catch(() => undefined)).toEqualTypeOf<
      Stream<number>
    >();
    expectTypeOf(
      numbers.catch(() => {
        // Nothing ends it.
      }),
    ).toEqualTypeOf<Stream<number>>();
    expectTypeOf(
      numbers.catch((error) => {
        throw error;
      }),
    ).toEqualTypeOf<Stream<number>>();
  });

  it("gives the callback an error of unknown type", () => {
    numbers.catch((error) => {
      expectTypeOf(error).toBeUnknown();
    });
  });
});

describe("onClose()", () => {
  it("gives the hook an outcome, and the same items", () => {
    const items = numbers.onClose((outcome) => {
      expectTypeOf(outcome).toEqualTypeOf<Outcome>();
    });

    expectTypeOf(items).toEqualTypeOf<Stream<number>>();
  });
});
