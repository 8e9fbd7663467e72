import { describe, expectTypeOf, it } from "vitest";
import { from, range, type Stream } from "sluice";

interface Circle {
  readonly kind: "circle";
  readonly radius: number;
}
interface Square {
  readonly kind: "square";
  readonly side: number;
}
type Shape = Circle | Square;

declare const shapes: Stream<Shape>;
declare const maybe: Stream<string | undefined>;

function isCircle(shape: Shape): shape is Circle {
  return shape.kind === "circle";
}

describe("filter()", () => {
  it("keeps the type of the items", () => {
    expectTypeOf(range(3).filter((item) => item > 1)).toEqualTypeOf<
      Stream<number>
    >();
    expectTypeOf(range(3).filter(async () => true)).toEqualTypeOf<
      Stream<number>
    >();
  });

  it("narrows it by a guard", () => {
    expectTypeOf(shapes.filter(isCircle)).toEqualTypeOf<Stream<Circle>>();
  });

  it("narrows it by a guard that is inferred", () => {
    expectTypeOf(maybe.filter((item) => item !== undefined)).toEqualTypeOf<
      Stream<string>
    >();
  });

  it("does not narrow it by a promise of an answer", () => {
    expectTypeOf(
      maybe.filter(async (item) => item !== undefined),
    ).toEqualTypeOf<Stream<string | undefined>>();
  });

  it("takes any answer", () => {
    expectTypeOf(from(["a", ""]).filter((item) => item)).toEqualTypeOf<
      Stream<string>
    >();
  });
});

describe("take(), drop(), takeWhile() and dropWhile()", () => {
  it("keep the type of the items", () => {
    expectTypeOf(shapes.take(1)).toEqualTypeOf<Stream<Shape>>();
    expectTypeOf(shapes.drop(1)).toEqualTypeOf<Stream<Shape>>();
    expectTypeOf(shapes.takeWhile(isCircle)).toEqualTypeOf<Stream<Shape>>();
    expectTypeOf(shapes.dropWhile(isCircle)).toEqualTypeOf<Stream<Shape>>();
  });
});
