import { describe, expect, it } from "vitest";
import { BusyError, from } from "sluice";
import { tracked, virtualClock } from "sluice/testing";
import { errorOf } from "../../support/error-of.ts";
import { loopTurns } from "../../support/loop-turns.ts";

describe("toWeb()", () => {
  it("gives a web stream of the items", async () => {
    const web = from([1, 2, 3]).toWeb();

    expect(web).toBeInstanceOf(ReadableStream);
    await expect(from(web).toArray()).resolves.toEqual([1, 2, 3]);
  });

  it("gives an empty web stream for an empty source", async () => {
    await expect(from(from([]).toWeb()).toArray()).resolves.toEqual([]);
  });

  it("gives items that are `undefined`", async () => {
    const web = from([undefined, 1]).toWeb();

    await expect(from(web).toArray()).resolves.toEqual([undefined, 1]);
  });

  it("is the body of a Response, if the items are bytes", async () => {
    const encoder = new TextEncoder();
    const body = from(["a", "b"])
      .map((text) => encoder.encode(text))
      .toWeb();

    await expect(new Response(body).text()).resolves.toBe("ab");
  });

  it("reads nothing ahead", async () => {
    const [source, track] = tracked([1, 2, 3]);
    const reader = from(source).toWeb().getReader();

    await reader.read();
    await loopTurns();

    expect(track.pulled).toBe(1);
    await reader.cancel();
  });

  it("closes the source when it is cancelled, and waits for that", async () => {
    const clock = virtualClock();
    const [source, track] = tracked([1, 2], { closeDelay: 10 });

    await clock.run(async () => {
      const reader = from(source).toWeb().getReader();
      await reader.read();
      await reader.cancel();
    });

    expect(track.closed).toBe(1);
    expect(clock.steps).toEqual([10]);
  });

  it("closes the source when it is cancelled while a read waits", async () => {
    const [source, track] = tracked<number>([], { stuck: true });
    const reader = from(source).toWeb().getReader();
    const pending = reader.read();
    await loopTurns();

    await reader.cancel();

    await expect(pending).resolves.toMatchObject({ done: true });
    expect(track.closed).toBe(1);
  });

  it("closes a source that was never opened when it is cancelled", async () => {
    const [source, track] = tracked([1], { form: "async-iterator" });

    await from(source).toWeb().cancel();

    expect(track.closed).toBe(1);
  });

  it("fails with what the stream fails with", async () => {
    const failure = new Error("broken");
    const [source] = tracked([1], { error: failure });
    const reader = from(source).toWeb().getReader();
    await reader.read();

    expect(await errorOf(reader.read())).toBe(failure);
  });

  it("fails the one who cancels with what closing throws", async () => {
    const failure = new Error("close");
    const [source] = tracked([1, 2], { closeError: failure });
    const reader = from(source).toWeb().getReader();
    await reader.read();

    await expect(reader.cancel()).rejects.toBe(failure);
  });

  it("takes the stream over", async () => {
    const items = from([1]);
    items.toWeb();

    expect(await errorOf(items.next())).toBeInstanceOf(BusyError);
    expect(() => items.map(String)).toThrow(BusyError);
  });

  it("ends when the stream is closed", async () => {
    const [source] = tracked([1], { stuck: true });
    const items = from(source);
    const reader = items.toWeb().getReader();
    await reader.read();
    const pending = reader.read();

    await items.return();

    await expect(pending).resolves.toMatchObject({ done: true });
  });

  it("can be piped", async () => {
    const seen: number[] = [];
    const sink = new WritableStream<number>({
      write(item) {
        seen.push(item);
      },
    });

    await from([1, 2, 3]).toWeb().pipeTo(sink);

    expect(seen).toEqual([1, 2, 3]);
  });
});
