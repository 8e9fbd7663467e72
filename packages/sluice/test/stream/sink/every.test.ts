import { describe, expect, it } from "vitest";
import { from } from "sluice";
import { tracked } from "sluice/testing";

describe("every()", () => {
  it("is true if the callback answers true for all items", async () => {
    await expect(from([1, 2]).every((item) => item > 0)).resolves.toBe(true);
  });

  it("is false if it does not for one", async () => {
    await expect(from([1, 2]).every((item) => item < 2)).resolves.toBe(false);
  });

  it("is true for an empty source", async () => {
    await expect(from([]).every(() => false)).resolves.toBe(true);
  });

  it.each([0, "", null, undefined, NaN])(
    "takes %o for false",
    async (answer) => {
      await expect(from([1]).every(() => answer)).resolves.toBe(false);
    },
  );

  it("awaits a promised answer", async () => {
    await expect(from([1]).every(async () => false)).resolves.toBe(false);
  });

  it("reads no further than the first that is not, and closes the source", async () => {
    const [source, track] = tracked([1, 2, 3]);

    await from(source).every((item) => item < 2);

    expect(track).toMatchObject({ pulled: 2, closed: 1 });
  });

  it("does not close a source of which all are", async () => {
    const [source, track] = tracked([1, 2]);

    await from(source).every(() => true);

    expect(track.returned).toBe(0);
  });

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).every(1 as never)).toThrow(TypeError);
  });
});
