import { isThenable } from "../../core/thenable.ts";
import type { Permit, Semaphore } from "../../task/semaphore.ts";
import {
  closeInTurn,
  settle,
  withinGrace,
  type Closing,
} from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { Port } from "../engine/port.ts";
import { reportLate, type Settings } from "../engine/settings.ts";
import type { StepPlan } from "../engine/step.ts";
import { createWork, SKIPPED, type Work } from "./work.ts";

/** How a stretch of steps is run for several items at once. */
export interface Concurrency {
  /** How many items may be under way, or ready and not taken. */
  readonly limit: number;
  /** How many may be under way. */
  readonly atOnce: number;
  /** Whose permits are held while an item is loaded and worked on. */
  readonly semaphores: readonly Semaphore[];
  readonly ordered: boolean;
  /** How much the items that are ready may come to before loading stops. */
  readonly maxBytes: number;
  readonly sizeOf: (item: unknown) => number;
}

/** One item under way, or ready. */
interface Slot {
  state: "working" | "ready" | "failed";
  /** The item, or the error. */
  value: unknown;
  promise: PromiseLike<unknown> | undefined;
  size: number;
}

/**
 * Loads items ahead, and works on several at once.
 *
 * Holds at most `limit` items. What is ready is handed on without a pause. A failure
 * comes in its place, after the items before it, and stops the loading of more.
 */
export class Concurrent extends Joint {
  protected readonly ports: readonly [Port];
  readonly #work: Work;
  readonly #concurrency: Concurrency;
  /** Items in the order in which they are given. */
  readonly #queue: Slot[] = [];
  /** Items that were begun and not taken. */
  #begun = 0;
  #bytes = 0;
  /** No more is asked for: the end, or a failure. */
  #isOver = false;
  #isAcquiring = false;
  /** The permits for the item that is loaded next. */
  #permits: readonly Permit[] | undefined;
  #isFilling = false;
  readonly #working = new Set<Slot>();

  constructor(
    upstream: Cursor,
    plans: readonly StepPlan[],
    concurrency: Concurrency,
    settings: Settings,
  ) {
    super(settings);
    this.ports = [new Port(upstream, this)];
    this.#concurrency = concurrency;
    this.#work = createWork(plans, (index) => this.createContext(index));
  }

  override arrived(): void {
    this.fill();
    if (this.#isReady()) this.gate.open();
  }

  /** Loads as much as may be loaded. */
  fill(): void {
    // A sync callback may have it filled from inside.
    if (this.#isFilling) return;
    this.#isFilling = true;
    while (this.#hasRoom() && this.#acquire() && this.#load());
    this.#isFilling = false;
  }

  protected take(): Status {
    this.fill();
    for (;;) {
      const slot = this.#queue[0];
      if (slot === undefined)
        return this.#begun === 0 && this.#isOver ? DONE : WAIT;
      if (slot.state === "working") return WAIT;
      this.#queue.shift();
      this.#begun--;
      if (slot.state === "failed") throw slot.value;
      this.#bytes -= slot.size;
      this.fill();
      if (slot.value === SKIPPED) continue;
      this.value = slot.value;
      return EMIT;
    }
  }

  protected override closeParts(): Closing {
    this.#isOver = true;
    this.#release();
    for (const { state, value } of this.#queue) {
      if (state === "failed") reportLate(this.settings, value);
    }
    const running = Array.from(this.#working, ({ promise }) => promise);
    const parts = [() => super.closeParts()];
    if (running.length > 0) {
      parts.unshift(() => withinGrace(this.#settleAll(running), this.settings));
    }
    return closeInTurn(() => parts.shift());
  }

  async #settleAll(
    promises: readonly (PromiseLike<unknown> | undefined)[],
  ): Promise<void> {
    await Promise.all(
      promises.map((promise) => promise && settle(promise, this.settings)),
    );
  }

  /** Whether whoever waits at the gate is to look again. */
  #isReady(): boolean {
    const [first] = this.#queue;
    return first === undefined
      ? this.#isOver && this.#begun === 0
      : first.state !== "working";
  }

  #hasRoom(): boolean {
    const { limit, atOnce, maxBytes } = this.#concurrency;
    return (
      !this.#isOver &&
      this.#begun < limit &&
      this.#working.size < atOnce &&
      this.#bytes < maxBytes
    );
  }

  /** Whether the permits for one more item are there; asks for them where they are not. */
  #acquire(): boolean {
    const { semaphores } = this.#concurrency;
    if (semaphores.length === 0 || this.#permits !== undefined) return true;
    if (!this.#isAcquiring) void this.#acquireLater(semaphores);
    return this.#permits !== undefined;
  }

  async #acquireLater(semaphores: readonly Semaphore[]): Promise<void> {
    this.#isAcquiring = true;
    const permits: Permit[] = [];
    try {
      for (const semaphore of semaphores) {
        permits.push(
          semaphore.tryAcquire() ?? (await semaphore.acquire(this.signal)),
        );
      }
      this.#permits = permits;
    } catch {
      // The signal aborted, as this is closed: nobody waits for the permits.
      this.#permits = permits;
      this.#release();
    }
    this.#isAcquiring = false;
    if (this.isOpen) this.arrived();
    else this.#release();
  }

  #release(): void {
    const permits = this.#permits;
    this.#permits = undefined;
    permits?.forEach((permit) => {
      permit.release();
    });
  }

  /** Loads one item and begins to work on it; answers false where it has to wait. */
  #load(): boolean {
    const [port] = this.ports;
    try {
      const status = port.read();
      if (status === WAIT) return false;
      if (status === EMIT) {
        this.#begin(port.value);
        return true;
      }
      this.#isOver = true;
    } catch (error) {
      this.#enqueue({
        state: "failed",
        value: error,
        promise: undefined,
        size: 0,
      });
      this.#begun++;
    }
    this.#release();
    return false;
  }

  #begin(item: unknown): void {
    const slot: Slot = {
      state: "working",
      value: undefined,
      promise: undefined,
      size: 0,
    };
    this.#begun++;
    const permits = this.#permits;
    this.#permits = undefined;
    const { ordered } = this.#concurrency;
    if (ordered) this.#queue.push(slot);
    const end = (state: "ready" | "failed", value: unknown): void => {
      permits?.forEach((permit) => {
        permit.release();
      });
      slot.state = state;
      slot.value = value;
      if (state === "failed") this.#isOver = true;
      else if (value !== SKIPPED)
        this.#bytes += slot.size = this.#measure(value);
      if (!ordered) this.#queue.push(slot);
    };
    try {
      const result = this.#work(item);
      if (!isThenable(result)) {
        end("ready", result);
        return;
      }
      slot.promise = result;
      this.#working.add(slot);
      result.then(
        (value) => {
          this.#settle(slot, () => {
            end("ready", value);
          });
        },
        (error: unknown) => {
          this.#settle(slot, () => {
            end("failed", error);
          });
        },
      );
    } catch (error) {
      end("failed", error);
    }
  }

  #settle(slot: Slot, end: () => void): void {
    this.#working.delete(slot);
    end();
    if (this.isOpen) this.arrived();
  }

  #enqueue(slot: Slot): void {
    this.#isOver = true;
    this.#queue.push(slot);
  }

  #measure(value: unknown): number {
    const { maxBytes, sizeOf } = this.#concurrency;
    return maxBytes === Infinity ? 0 : sizeOf(value);
  }
}
