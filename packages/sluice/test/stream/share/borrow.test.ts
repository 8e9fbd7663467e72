import { describe, expect, it } from "vitest";
import { BusyError, from } from "sluice";
import { tracked } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";

const end = { done: true, value: undefined };

describe("borrow()", () => {
  it("gives the items of the stream", async () => {
    const items = from([1, 2, 3]);

    await expect(items.borrow().toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("leaves the stream open when it is left", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source);
    const head = await items.borrow().take(2).toArray();

    const rest = await items.toArray();

    expect([head, rest]).toEqual([[1, 2], [3]]);
    expect(track.returned).toBe(0);
  });

  it("leaves the stream open when it is left in a loop", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source);

    for await (const item of items.borrow()) if (item === 2) break;

    expect(track.returned).toBe(0);
    await expect(items.toArray()).resolves.toEqual([3]);
  });

  it("leaves the stream open when what is made of it fails", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const items = from(source);

    await errorOf(
      items.borrow().forEach(() => Promise.reject(new Error("below"))),
    );

    expect(track.returned).toBe(0);
    await expect(items.toArray()).resolves.toEqual([2, 3]);
  });

  it("leaves the stream open when it is closed before it is read", async () => {
    const [source, track] = tracked([1, 2], { form: "async-iterator" });
    const items = from(source);

    await items.borrow().return();

    expect(track.returned).toBe(0);
    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("reads the stream in turn with it", async () => {
    const items = from([1, 2, 3, 4]);
    const view = items.borrow();

    const results = [
      await view.next(),
      await items.next(),
      await view.next(),
      await items.next(),
    ];

    expect(results.map(({ value }) => value)).toEqual([1, 2, 3, 4]);
  });

  it("may be made again, and several at once", async () => {
    const items = from([1, 2, 3, 4]);
    const [first, second] = [items.borrow(), items.borrow()];

    const results = [
      await first.next(),
      await second.next(),
      await items.borrow().next(),
    ];

    expect(results.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it("loses no item that it had asked for when it was left", async () => {
    const first = createDeferred<number>();
    const items = from([first.promise, 2]);
    const view = items.borrow();
    const pending = view.next();

    await view.return();
    const next = items.next();
    first.resolve(1);

    await expect(pending).resolves.toEqual(end);
    await expect(next).resolves.toEqual({ done: false, value: 1 });
    await expect(items.next()).resolves.toEqual({ done: false, value: 2 });
  });

  it("hands an item that it had asked for to whoever the stream is handed over to", async () => {
    const first = createDeferred<number>();
    const items = from([first.promise, 2]);
    const view = items.borrow();
    const pending = view.next();

    await view.return();
    const rest = items.map((item) => item * 10).toArray();
    first.resolve(1);

    await pending;
    await expect(rest).resolves.toEqual([10, 20]);
  });

  it("hands an item that it had asked for to the next view", async () => {
    const first = createDeferred<number>();
    const items = from([first.promise, 2]);
    const view = items.borrow();
    const pending = view.next();

    await view.return();
    const next = items.borrow().next();
    first.resolve(1);

    await pending;
    await expect(next).resolves.toEqual({ done: false, value: 1 });
  });

  it("hands a failure on that it had asked for and did not wait for", async () => {
    const failure = new Error("broken");
    const first = createDeferred<number>();
    const items = from([first.promise, 2]);
    const view = items.borrow();
    const pending = view.next();

    await view.return();
    const next = errorOf(items.next());
    first.reject(failure);

    await pending;
    expect(await next).toBe(failure);
  });

  it("ends where the stream ends", async () => {
    const items = from([1]);
    const view = items.borrow();
    await view.next();

    await expect(view.next()).resolves.toEqual(end);
  });

  it("fails where the stream fails", async () => {
    const failure = new Error("broken");
    const [source] = tracked<number>([], { error: failure });

    await expect(from(source).borrow().next()).rejects.toBe(failure);
  });

  it("ends when the stream is closed", async () => {
    const [source] = tracked<number>([], { stuck: true });
    const items = from(source);
    const pending = items.borrow().next();

    await items.return();

    await expect(pending).resolves.toEqual(end);
  });

  it("fails once the stream has been handed over", async () => {
    const items = from([1]);
    const view = items.borrow();
    items.map(String);

    expect(await errorOf(view.next())).toBeInstanceOf(BusyError);
  });

  it("is refused once the stream has been handed over", () => {
    const items = from([1]);
    items.map(String);

    expect(() => items.borrow()).toThrow(BusyError);
  });

  it("asks for nothing before it is read", async () => {
    const [source, track] = tracked([1]);

    from(source).borrow().map(String);

    expect(track.events).toEqual([]);
  });

  it("does not abort the signals of the stream when it is left", async () => {
    let seen: AbortSignal | undefined;
    const items = from([1, 2]).map((item, { signal }) => {
      seen = signal;
      return item;
    });

    await items.borrow().take(1).toArray();

    expect(seen?.aborted).toBe(false);
    await items.return();
  });
});
