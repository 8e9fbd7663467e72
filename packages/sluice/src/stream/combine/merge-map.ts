import { dropLateError } from "../../core/drop-late-error.ts";
import { isThenable } from "../../core/thenable.ts";
import { closeInTurn, closeTogether } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import type { Grace } from "../engine/grace.ts";
import { Port } from "../engine/port.ts";
import type { Callback } from "../engine/step.ts";
import type { Upstream } from "../engine/stretch.ts";
import { checkInner } from "../transform/flat-map.ts";
import { Merge } from "./merge-cursor.ts";

/** Merges what a callback makes of each item, of so many items at once. */
export class MergeMap extends Merge {
  readonly #outer: Port;
  readonly #callback: Callback;
  readonly #limit: number;
  #count = 0;
  /** Callbacks that are awaited. */
  readonly #running = new Set<PromiseLike<unknown>>();

  constructor(upstream: Upstream, callback: Callback, limit: number) {
    super([], upstream.settings);
    this.#outer = new Port(upstream.open(), this);
    this.#callback = callback;
    this.#limit = limit;
  }

  protected override get parts(): Iterable<Port> {
    return [...this.sources, this.#outer];
  }

  override arrived(port: Port): void {
    if (port !== this.#outer) {
      super.arrived(port);
      return;
    }
    try {
      this.#fill();
    } catch (error) {
      this.failSoon(error);
    }
    this.gate.open();
  }

  protected override take(): Status {
    for (;;) {
      this.#fill();
      const { size } = this.sources;
      const status = super.take();
      // One that has ended makes room for another.
      if (status !== EMIT && this.sources.size < size) continue;
      const isLast = this.#outer.hasEnded && this.#running.size === 0;
      return status === DONE && !isLast ? WAIT : status;
    }
  }

  protected override closeParts(grace: Grace): Closing {
    this.reportUnread(grace);
    const late = Array.from(this.#running, (promise) =>
      grace.waitForLate(
        promise.then((source) => discard(source, this.settings, grace)),
      ),
    );
    return closeInTurn([
      () => (late.length > 0 ? Promise.all(late) : undefined),
      () => closeTogether(this.sources, grace),
      () => this.#outer.close(grace),
    ]);
  }

  #fill(): void {
    while (this.sources.size + this.#running.size < this.#limit) {
      if (this.#outer.read() !== EMIT) return;
      const context = this.createContext(this.#count++);
      const source = this.#callback(this.#outer.value, context);
      if (isThenable(source)) dropLateError(this.#addLater(source));
      else this.#addNow(source);
    }
  }

  async #addLater(promise: PromiseLike<unknown>): Promise<void> {
    this.#running.add(promise);
    try {
      const source = await promise;
      if (this.isOpen) this.#addNow(source);
    } catch (error) {
      // What fails after closing is waited for, and reported, there.
      if (this.isOpen) this.failSoon(error);
    }
    this.#running.delete(promise);
    this.gate.open();
  }

  #addNow(source: unknown): void {
    checkInner(source);
    if (this.isOpen) this.add(source);
    else this.discardLate(source);
  }
}
