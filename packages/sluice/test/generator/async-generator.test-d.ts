import { describe, expectTypeOf, it } from "vitest";
import { asyncGenerator, type StrictAsyncGenerator } from "sluice";

async function* echo(
  _first: string,
): AsyncGenerator<number, void, string | undefined> {
  yield 1;
}

describe("asyncGenerator()", () => {
  it("takes the parameters and the types of the function", () => {
    const create = asyncGenerator(echo);

    expectTypeOf(create).parameters.toEqualTypeOf<[string]>();
    expectTypeOf(create("first")).toEqualTypeOf<
      StrictAsyncGenerator<number, string | undefined>
    >();
  });

  it("infers what is yielded by a function that is written in place", () => {
    const generator = asyncGenerator(async function* () {
      yield "item";
    })();

    expectTypeOf(generator.asend(undefined)).toEqualTypeOf<Promise<string>>();
  });

  it("makes generators that `for await` takes, of a function that is written in place", async () => {
    const create = asyncGenerator(async function* () {
      yield 1;
    });

    for await (const item of create()) {
      expectTypeOf(item).toEqualTypeOf<number>();
    }
  });

  it("sends what the function hears", () => {
    const generator = asyncGenerator(echo)("first");

    expectTypeOf<Parameters<typeof generator.asend>>().toEqualTypeOf<
      [value: string | undefined]
    >();
    // @ts-expect-error It hears no numbers.
    generator.asend(1).catch(() => undefined);
  });

  it("makes async generators", () => {
    expectTypeOf<StrictAsyncGenerator<number, string>>().toExtend<
      AsyncGenerator<number, void, string>
    >();
  });
});
