import type { Outcome } from "../../context/protocol.ts";
import { isThenable } from "../../core/thenable.ts";
import {
  closeInTurn,
  closeTogether,
  settle,
  withinGrace,
} from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import { Port } from "../engine/port.ts";
import { reportLate, type Settings } from "../engine/settings.ts";
import type { Callback } from "../engine/step.ts";
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
  #failure: { readonly error: unknown } | undefined;

  constructor(
    upstream: Cursor,
    callback: Callback,
    limit: number,
    settings: Settings,
  ) {
    super([], settings);
    this.#outer = new Port(upstream, this);
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
    this.#tryToFill();
    this.gate.open();
  }

  protected override take(): Status {
    for (;;) {
      this.#tryToFill();
      if (this.#failure !== undefined) throw this.#failure.error;
      const { size } = this.sources;
      const status = super.take();
      // One that has ended makes room for another.
      if (status !== EMIT && this.sources.size < size) continue;
      const isLast = this.#outer.hasEnded && this.#running.size === 0;
      return status === DONE && !isLast ? WAIT : status;
    }
  }

  protected override closeParts({ status }: Outcome): Closing {
    if (this.#failure !== undefined && status !== "error") {
      reportLate(this.settings, this.#failure.error);
    }
    const late = Array.from(this.#running, (promise) =>
      settle(promise.then(discard), this.settings),
    );
    return closeInTurn([
      () => late.length > 0 && withinGrace(Promise.all(late), this.settings),
      () => closeTogether(this.sources),
      () => this.#outer.close(),
    ]);
  }

  #tryToFill(): void {
    try {
      this.#fill();
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #fill(): void {
    while (this.sources.size + this.#running.size < this.#limit) {
      if (this.#outer.read() !== EMIT) return;
      const context = this.createContext(this.#count++);
      const source = this.#callback(this.#outer.value, context);
      if (isThenable(source)) void this.#addLater(source);
      else this.#addSource(source);
    }
  }

  async #addLater(promise: PromiseLike<unknown>): Promise<void> {
    this.#running.add(promise);
    try {
      const source = await promise;
      if (!this.isOpen) return;
      this.#running.delete(promise);
      this.#addSource(source);
    } catch (error) {
      if (!this.isOpen) return;
      this.#running.delete(promise);
      this.#failure ??= { error };
    }
    this.gate.open();
  }

  #addSource(source: unknown): void {
    checkInner(source);
    this.add(source);
  }
}
