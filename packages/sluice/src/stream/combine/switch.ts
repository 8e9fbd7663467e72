import { CancelledError } from "../../core/errors.ts";
import { guard } from "../../core/guard.ts";
import { isThenable } from "../../core/thenable.ts";
import { closeInTurn } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import { Grace } from "../engine/grace.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import type { Callback } from "../engine/step.ts";
import type { Upstream } from "../engine/stretch.ts";
import { checkInner } from "../transform/flat-map.ts";

/**
 * Reads what a callback makes of the newest item.
 *
 * A new item ends what was made of the one before: its signal aborts, it is closed,
 * and only then the callback is called again, so that at most one is open.
 */
export class Switch extends Joint {
  readonly #outer: Port;
  readonly #callback: Callback;
  #inner: Port | undefined;
  #count = 0;
  /** Of what was made of the newest item. */
  #controller = new AbortController();
  /** The newest item, while what was before it is being closed. */
  #next: { readonly item: unknown } | undefined;
  /** The change from one to the next that is under way. */
  #change: Promise<void> | undefined;

  constructor(upstream: Upstream, callback: Callback) {
    super(upstream.settings);
    this.#outer = new Port(upstream.open(), this);
    this.#callback = callback;
  }

  protected get parts(): readonly Port[] {
    return this.#inner === undefined
      ? [this.#outer]
      : [this.#inner, this.#outer];
  }

  override arrived(port: Port): void {
    // A new item ends the one before at once, whether or not anybody waits.
    if (port === this.#outer) this.#try(() => this.#readOuter());
    this.gate.open();
  }

  override abort(cause?: ErrorOptions): void {
    if (this.isOpen) this.#abortInner("the stream is closed", cause);
    super.abort(cause);
  }

  protected take(): Status {
    for (;;) {
      const outer = this.#readOuter();
      if (this.#change !== undefined) return WAIT;
      const inner = this.#inner;
      const status = inner === undefined ? outer : this.readFrom(inner);
      if (status !== DONE || inner === undefined) return status;
      this.#inner = undefined;
    }
  }

  protected override closeParts(grace: Grace): Closing {
    this.reportUnread(grace);
    return closeInTurn([
      () => this.#change,
      () => this.#inner?.close(grace),
      () => this.#outer.close(grace),
    ]);
  }

  /** Reads until the outer source has nothing, or has ended. */
  #readOuter(): Status {
    for (;;) {
      const status = this.#outer.read();
      if (status !== EMIT) return status;
      this.#abortInner("a newer item has come");
      this.#next = { item: this.#outer.value };
      this.#changeSoon();
    }
  }

  /** Changes over to what is made of the newest item, unless a change is under way. */
  #changeSoon(): void {
    if (this.#change !== undefined) return;
    const change = this.#inner === undefined ? this.#begin() : this.#replace();
    this.#change = change?.then(
      () => {
        this.#endChange();
      },
      (error: unknown) => {
        this.#next = undefined;
        this.failSoon(error);
        this.#endChange();
      },
    );
  }

  #endChange(): void {
    this.#change = undefined;
    // What came in the last moment has its turn now.
    if (this.#next !== undefined)
      this.#try(() => {
        this.#changeSoon();
      });
    this.gate.open();
  }

  async #replace(): Promise<void> {
    const inner = this.#inner;
    this.#inner = undefined;
    await inner?.close();
    await this.#begin();
  }

  /** Calls the callback for the newest item; gives what to wait for, if anything. */
  #begin(): Promise<void> | undefined {
    const next = this.#next;
    this.#next = undefined;
    if (next === undefined || !this.isOpen) return undefined;
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const source = this.#callback(next.item, { index: this.#count++, signal });
    if (isThenable(source)) return this.#openLater(source, signal);
    this.#open(source);
    return undefined;
  }

  async #openLater(
    promise: PromiseLike<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      this.#open(await guard(promise, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
      // It is out of date: what comes of it is closed.
      const grace = new Grace(this.settings);
      await grace.waitForLate(
        promise.then((source) => discard(source, this.settings, grace)),
      );
      await this.#begin();
    }
  }

  #open(source: unknown): void {
    checkInner(source);
    if (this.isOpen) {
      this.#inner = new Port(openCursor(source, this.settings), this);
    } else {
      this.discardLate(source);
    }
  }

  #abortInner(why: string, cause?: ErrorOptions): void {
    this.#controller.abort(new CancelledError(`Cannot go on: ${why}`, cause));
  }

  #try(act: () => unknown): void {
    try {
      act();
    } catch (error) {
      this.failSoon(error);
    }
  }
}
