import fc from "fast-check";
import { channel, ClosedError, OverflowError, type Channel } from "sluice";
import { describe, expect, it } from "vitest";
import { consume, explore, leaves, type Outcome } from "./explore.ts";
import type { World } from "./world.ts";

const sends = fc.record({
  how: fc.constantFrom("send" as const, "trySend"),
  /** Whether a signal aborts it, whenever it is its turn. */
  aborts: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean()),
});

const plans = fc.record({
  capacity: fc.nat(3),
  overflow: fc.constantFrom(
    "block" as const,
    "error",
    "drop-oldest",
    "drop-newest",
  ),
  senders: fc.array(fc.array(sends, { maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  }),
  /** Whether it is closed whenever it is its turn, or after all that is sent. */
  closesEarly: fc.boolean(),
  closesWithError: fc.boolean(),
  leave: leaves,
});

type Plan = typeof plans extends fc.Arbitrary<infer P> ? P : never;

/** A value: whose it is, and which one. */
type Value = readonly [sender: number, at: number];

/** One value that was to be sent. */
interface Sent {
  readonly value: Value;
  readonly how: "send" | "trySend";
  /** Whether the channel was closed, or its receiver was, before. */
  readonly isAfterEnd: boolean;
  result: "pending" | "sent" | "refused" | "closed" | "full" | "aborted";
}

describe("channel()", () => {
  it("gives what was sent, in the order of each sender, and refuses what it does not", () =>
    explore(plans, async (world, plan) => {
      const run = new Run(world, plan);

      const outcome = await world.settle(run.start());

      run.check(outcome);
    }));
});

class Run {
  readonly #world: World;
  readonly #plan: Plan;
  readonly #channel: Channel<Value>;
  readonly #sent: Sent[] = [];
  readonly #failure = new Error("closed with");
  readonly #reason = new Error("aborted");
  #isOver = false;
  #taken = 0;

  constructor(world: World, plan: Plan) {
    this.#world = world;
    this.#plan = plan;
    this.#channel = channel<Value>(plan);
  }

  async start(): Promise<Outcome<Value>> {
    const { senders, closesEarly, leave } = this.#plan;
    const reading = this.#read();
    const sending = Promise.all(
      senders.map((list, sender) => this.#sendAll(list, sender)),
    );
    if (!closesEarly && leave.how !== "break") await sending;
    await this.#world.turn("close()");
    this.#isOver = true;
    if (this.#plan.closesWithError) this.#channel.close(this.#failure);
    else this.#channel.close();
    const [outcome] = await Promise.all([reading, sending]);
    return outcome;
  }

  check({ values, end, error }: Outcome<Value>): void {
    const { overflow, senders, closesWithError } = this.#plan;
    const given = new Set(values.map(String));
    expect(given.size).toBe(values.length);
    for (const sender of senders.keys()) {
      const own = values.filter(([from]) => from === sender);
      const order = own.map(([, at]) => at);
      expect(order).toEqual(order.toSorted());
    }
    for (const { value, how, isAfterEnd, result } of this.#sent) {
      expect(result).not.toBe("pending");
      const isGiven = given.has(String(value));
      if (result !== "sent") expect(isGiven).toBe(false);
      if (isAfterEnd)
        expect(["closed", "refused", "aborted"]).toContain(result);
      // Nothing that was taken in is lost, but where that is asked for.
      const mayBeDropped =
        overflow === "drop-oldest" ||
        (overflow === "drop-newest" && how === "send");
      if (result === "sent" && end !== "left" && !mayBeDropped) {
        expect(isGiven).toBe(true);
      }
      if (result === "full") expect(overflow).toBe("error");
      if (overflow === "block" && how === "send" && end !== "left") {
        // Who waits for room when it is closed is let in as well.
        expect(
          isAfterEnd ? ["closed", "aborted"] : ["sent", "aborted"],
        ).toContain(result);
      }
    }
    if (end !== "left") expect(end).toBe(closesWithError ? "failed" : "ended");
    if (end === "failed") expect(error).toBe(this.#failure);
    expect(this.#world.late).toEqual([]);
  }

  async #read(): Promise<Outcome<Value>> {
    const { receiver } = this.#channel;
    const outcome = await consume(
      this.#world,
      receiver,
      this.#plan.leave,
      () => this.#taken++,
    );
    this.#isOver = true;
    return outcome;
  }

  async #sendAll(list: Plan["senders"][number], sender: number): Promise<void> {
    for (const [at, { how, aborts }] of list.entries()) {
      await this.#world.turn(`${how}(${sender}, ${at})`);
      const value: Value = [sender, at];
      const sent: Sent = {
        value,
        how,
        isAfterEnd: this.#isOver,
        result: "pending",
      };
      this.#sent.push(sent);
      if (how === "trySend") {
        sent.result = this.#channel.trySend(value) ? "sent" : "refused";
      } else {
        sent.result = await this.#send(value, aborts);
      }
      if (sent.result === "sent" && this.#plan.overflow === "block") {
        this.#checkRoom();
      }
    }
  }

  async #send(value: Value, aborts: boolean): Promise<Sent["result"]> {
    const controller = new AbortController();
    const aborting = aborts ? this.#abort(controller) : undefined;
    try {
      await this.#channel.send(value, controller.signal);
      return "sent";
    } catch (error) {
      if (error === this.#reason) return "aborted";
      if (error instanceof ClosedError) return "closed";
      expect(error).toBeInstanceOf(OverflowError);
      return "full";
    } finally {
      await aborting;
    }
  }

  async #abort(controller: AbortController): Promise<void> {
    await this.#world.turn("abort()");
    controller.abort(this.#reason);
  }

  /** What was taken in and not given is held, or is on its way to who waits for it. */
  #checkRoom(): void {
    const taken = this.#sent.filter(({ result }) => result === "sent").length;
    const held = taken - this.#taken;
    if (!this.#isOver && held > this.#plan.capacity + 1) {
      this.#world.breach(`${held} values are held`);
    }
  }
}
