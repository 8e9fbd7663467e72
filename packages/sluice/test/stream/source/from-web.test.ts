import { describe, expect, it } from "vitest";
import { concat, from } from "sluice";
import { tracked, virtualClock } from "sluice/testing";

function trackedWeb(
  items: readonly number[],
  options: { readonly stuck?: boolean; readonly closeDelay?: number } = {},
): ReturnType<typeof tracked<number, "readable-stream">> {
  return tracked(items, { form: "readable-stream", ...options });
}

describe("from() of a web stream", () => {
  it("does not lock it before it is read", () => {
    const [source] = trackedWeb([1, 2]);

    from(source);

    expect(source.locked).toBe(false);
  });

  it("locks it while it is read", async () => {
    const [source] = trackedWeb([1, 2]);
    const items = from(source);

    await items.next();

    expect(source.locked).toBe(true);
    await items.return();
  });

  it("lets go of it at the end", async () => {
    const [source] = trackedWeb([1]);

    await from(source).toArray();

    expect(source.locked).toBe(false);
  });

  it("lets go of it when it is left", async () => {
    const [source] = trackedWeb([1, 2]);
    const items = from(source);
    await items.next();

    await items.return();

    expect(source.locked).toBe(false);
  });

  it("cancels it when it is left while a read waits", async () => {
    const [source, track] = trackedWeb([], { stuck: true });
    const items = from(source);
    const pending = items.next();

    await items.return();

    await expect(pending).resolves.toEqual({ done: true, value: undefined });
    expect(track.closed).toBe(1);
  });

  it("waits until it is cancelled", async () => {
    const clock = virtualClock();
    const [source] = trackedWeb([1, 2], { closeDelay: 10 });

    await clock.run(async () => {
      const items = from(source);
      await items.next();
      await items.return();
    });

    expect(clock.steps).toEqual([10]);
  });

  it("cancels it when it is left before it is read", async () => {
    const [source, track] = trackedWeb([1, 2]);

    await from(source).return();

    expect(track).toMatchObject({ pulled: 0, closed: 1 });
  });

  it("cancels it as one of several that was never started", async () => {
    const [source, track] = trackedWeb([1, 2]);
    const items = concat([0, 1], from(source));
    await items.next();

    await items.return();

    expect(track).toMatchObject({ pulled: 0, closed: 1 });
  });

  it("reads nothing ahead", async () => {
    const [source, track] = trackedWeb([1, 2, 3]);
    const items = from(source);

    await items.next();
    await items.next();

    expect(track.pulled).toBe(2);
    await items.return();
  });

  it("fails where another reads it", async () => {
    const [source] = trackedWeb([1]);
    source.getReader();

    await expect(from(source).next()).rejects.toThrow(TypeError);
  });

  it("fails with what it is errored with", async () => {
    const failure = new Error("broken");
    const source = new ReadableStream<number>({
      start(controller) {
        controller.error(failure);
      },
    });

    await expect(from(source).toArray()).rejects.toBe(failure);
  });
});
