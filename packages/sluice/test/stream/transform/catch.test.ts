import { describe, expect, it } from "vitest";
import { from, stream, type Stream } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { createDeferred } from "../../support/deferred.ts";
import { errorOf } from "../../support/error-of.ts";

const failure = new Error("broken");

function broken(...items: readonly number[]): AsyncIterable<number> {
  return tracked(items, { error: failure })[0];
}

describe("catch()", () => {
  it("goes on with what the callback gives when the source fails", async () => {
    const items = from(broken(1)).catch(() => [2, 3]);

    await expect(items.toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("is not called where nothing fails", async () => {
    let calls = 0;

    const items = await from([1, 2])
      .catch(() => {
        calls += 1;
      })
      .toArray();

    expect(items).toEqual([1, 2]);
    expect(calls).toBe(0);
  });

  it("gives the error to the callback, once, with an index of 0", async () => {
    const seen: unknown[] = [];

    await from(broken())
      .catch((error, { index }) => {
        seen.push(error, index);
      })
      .toArray();

    expect(seen).toEqual([failure, 0]);
  });

  it.each([undefined, null, "a string"])(
    "gives what was thrown to the callback, as it is: %o",
    async (thrown) => {
      const seen: unknown[] = [];

      await from([1])
        .map(() => {
          throw thrown;
        })
        .catch((error) => {
          seen.push(error);
        })
        .toArray();

      expect(seen).toEqual([thrown]);
    },
  );

  it("ends where the callback gives nothing", async () => {
    const items = from(broken(1)).catch(() => undefined);

    await expect(items.toArray()).resolves.toEqual([1]);
  });

  it("sees the error of a callback above, once the source is closed", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2], { closeDelay: 10 });

    const moment = await clock.run(async () => {
      let moment = NaN;
      await from(source)
        .map(() => Promise.reject(failure))
        .catch(() => {
          moment = clock.now();
        })
        .toArray();
      return moment;
    });

    expect(track.closed).toBe(1);
    expect(moment).toBe(10);
  });

  it("does not see an error of what is below", async () => {
    let calls = 0;

    const error = await errorOf(
      from([1])
        .catch(() => {
          calls += 1;
        })
        .map(() => Promise.reject(failure))
        .toArray(),
    );

    expect(error).toBe(failure);
    expect(calls).toBe(0);
  });

  it("does not see an error of what it goes on with", async () => {
    const second = new Error("second");
    let calls = 0;

    const error = await errorOf(
      from(broken())
        .catch(() => {
          calls += 1;
          return tracked<number>([], { error: second })[0];
        })
        .toArray(),
    );

    expect(error).toBe(second);
    expect(calls).toBe(1);
  });

  it("may stand below another, which sees what that one goes on with", async () => {
    const items = from(broken())
      .catch(() => broken(1))
      .catch(() => [2]);

    await expect(items.toArray()).resolves.toEqual([1, 2]);
  });

  it("awaits what the callback promises", async () => {
    const items = from(broken()).catch(() => Promise.resolve([1]));

    await expect(items.toArray()).resolves.toEqual([1]);
  });

  it("fails with what the callback throws", async () => {
    const second = new Error("second");
    const items = from(broken()).catch(() => {
      throw second;
    });

    await expect(items.toArray()).rejects.toBe(second);
  });

  it("fails with what the callback's promise rejects with", async () => {
    const second = new Error("second");
    const items = from(broken()).catch(() => Promise.reject(second));

    await expect(items.toArray()).rejects.toBe(second);
  });

  it("passes an error on that the callback throws again", async () => {
    const items = from(broken()).catch((error) => {
      throw error;
    });

    await expect(items.toArray()).rejects.toBe(failure);
  });

  it("goes on with async sources and with streams", async () => {
    const items = from(broken()).catch(() => from([1, 2]).map(String));

    await expect(items.toArray()).resolves.toEqual(["1", "2"]);
  });

  it("closes what it goes on with when it is left", async () => {
    const [second, track] = tracked([2, 3]);
    const items = from(broken()).catch(() => second);
    await items.next();

    await items.return();

    expect(track.closed).toBe(1);
  });

  it("closes what the callback's promise gives too late", async () => {
    const [late, track] = tracked([1], { form: "async-iterator" });
    const work = createDeferred<AsyncIterable<number>>();
    const items = stream<number>(() => {
      throw failure;
    }).catch(() => work.promise);
    const pending = items.next();

    const left = items.return();
    work.resolve(late);
    await Promise.all([left, pending]);

    expect(track.returned).toBe(1);
  });

  it("closes a source that its callback gives after it has left", async () => {
    const [second, track] = tracked([1], { form: "async-iterator" });
    const items: Stream<number> = from(broken()).catch(() => {
      left = items.return();
      return second;
    });
    let left: Promise<unknown> | undefined;

    await items.next();
    await left;

    expect(track).toMatchObject({ pulled: 0, returned: 1 });
  });

  it("tells its callback by the signal that it is left", async () => {
    let seen: AbortSignal | undefined;
    const items = stream<number>(() => {
      throw failure;
    }).catch((_, { signal }) => {
      seen = signal;
      return new Promise<number[]>((resolve) => {
        signal.addEventListener("abort", () => {
          resolve([]);
        });
      });
    });
    const pending = items.next();

    await items.return();
    await pending;

    expect(seen?.aborted).toBe(true);
  });

  it("is not called when it is left", async () => {
    let calls = 0;
    const [source] = tracked([1, 2]);
    const items = from(source).catch(() => {
      calls += 1;
    });
    await items.next();

    await items.return();

    expect(calls).toBe(0);
  });

  it("does not see the reason of an aborted signal", async () => {
    const reason = new Error("enough");
    const controller = new AbortController();
    const [source] = tracked<number>([], { stuck: true });
    const items = from(source, { signal: controller.signal }).catch(() => [1]);
    const pending = items.next();

    controller.abort(reason);

    await expect(pending).rejects.toBe(reason);
  });

  it("sees the error of closing what was left above", async () => {
    const closing = new Error("close");
    const [source] = tracked([1, 2], { closeError: closing });

    const items = await from(source)
      .take(1)
      .catch((error) => [error])
      .toArray();

    expect(items).toEqual([1, closing]);
  });

  it.each([1, null, "text"])(
    "fails where the callback gives %o",
    async (given) => {
      const items = from(broken()).catch(() => given as never);

      await expect(items.toArray()).rejects.toThrow(TypeError);
    },
  );

  it("refuses what is no function, at once", () => {
    expect(() => from([1]).catch(1 as never)).toThrow(
      new TypeError("Cannot catch with 1: it is not a function"),
    );
  });
});
