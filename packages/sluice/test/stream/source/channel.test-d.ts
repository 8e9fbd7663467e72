import { EventEmitter } from "node:events";
import { describe, expectTypeOf, it } from "vitest";
import { channel, fromEvent, type Channel, type Stream } from "sluice";

describe("channel()", () => {
  it("takes and gives values of one type", () => {
    const { send, trySend, close, receiver } = channel<number>();

    expectTypeOf(send).toEqualTypeOf<
      (value: number, signal?: AbortSignal) => Promise<void>
    >();
    expectTypeOf(trySend).toEqualTypeOf<(value: number) => boolean>();
    expectTypeOf(receiver).toEqualTypeOf<Stream<number>>();
    close();
    close(new Error("broken"));
    close(undefined);
  });

  it("is of unknown values where none is named", () => {
    expectTypeOf(channel()).toEqualTypeOf<Channel<unknown>>();
  });

  it("refuses values of another type", () => {
    const { trySend } = channel<number>();

    // @ts-expect-error It is a channel of numbers.
    trySend("1");
  });

  it("refuses a policy that there is not", () => {
    // @ts-expect-error There is none.
    channel({ overflow: "drop" });
  });
});

describe("fromEvent()", () => {
  it("gives the events of an EventTarget", () => {
    const target = new EventTarget();

    expectTypeOf(fromEvent(target, "item")).toEqualTypeOf<Stream<Event>>();
    expectTypeOf(fromEvent<MessageEvent>(target, "item")).toEqualTypeOf<
      Stream<MessageEvent>
    >();
  });

  it("gives the arguments of an EventEmitter", () => {
    const emitter = new EventEmitter();

    expectTypeOf(fromEvent(emitter, "item")).toEqualTypeOf<Stream<unknown[]>>();
    expectTypeOf(
      fromEvent<[code: number, text: string]>(emitter, "item"),
    ).toEqualTypeOf<Stream<[code: number, text: string]>>();
  });

  it("refuses what no events come from", () => {
    // @ts-expect-error It has neither addEventListener() nor on() and off().
    fromEvent({}, "item");
  });
});
