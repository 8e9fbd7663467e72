import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("some()", () => {
  it("is true if the callback answers true for an item", async () => {
    await expect(from([1, 2]).some((item) => item === 2)).resolves.toBe(true);
  });

  it("is false if it does for none", async () => {
    await expect(from([1, 2]).some(() => false)).resolves.toBe(false);
  });

  it("is false for an empty source", async () => {
    await expect(from([]).some(() => true)).resolves.toBe(false);
  });

  it.each([1, "yes", {}])("takes %o for true", async (answer) => {
    await expect(from([1]).some(() => answer)).resolves.toBe(true);
  });

  it.each([0, "", null, undefined, NaN])(
    "takes %o for false",
    async (answer) => {
      await expect(from([1]).some(() => answer)).resolves.toBe(false);
    },
  );

  it("awaits a promised answer", async () => {
    const found = from([1, 2]).some(async (item) => item === 2);

    await expect(found).resolves.toBe(true);
  });

  it("reads no further, and closes the source", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source).some((item) => item === 2);

    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it("closes the source when the callback fails", async () => {
    const failure = new Error("callback");
    const [source, track] = tracked([1, 2]);

    const found = from(source).some(() => {
      throw failure;
    });

    await expect(found).rejects.toBe(failure);
    expect(track.closed).toBe(1);
  });

  it("fails where closing fails, although it knows the answer", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { closeError: failure });

    await expect(from(source).some(() => true)).rejects.toBe(failure);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).some(1 as never)).toThrow(
      new TypeError("Cannot search with 1: it is not a function"),
    );
  });
});
