import type { Outcome } from "../../context/protocol.ts";
import { CancelledError } from "../../core/errors.ts";
import { guard } from "../../core/guard.ts";
import { isThenable } from "../../core/thenable.ts";
import { closeInTurn, settle, withinGrace } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Cursor,
  type Status,
} from "../engine/cursor.ts";
import { discard } from "../engine/discard.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import { reportLate, type Settings } from "../engine/settings.ts";
import type { Callback } from "../engine/step.ts";
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
  #failure: { readonly error: unknown } | undefined;

  constructor(upstream: Cursor, callback: Callback, settings: Settings) {
    super(settings);
    this.#outer = new Port(upstream, this);
    this.#callback = callback;
  }

  protected get parts(): readonly Port[] {
    return this.#inner === undefined
      ? [this.#outer]
      : [this.#inner, this.#outer];
  }

  override arrived(port: Port): void {
    // A new item ends the one before at once, whether or not anybody waits.
    try {
      if (port === this.#outer) this.#readOuter();
    } catch (error) {
      this.#failure = { error };
    }
    this.gate.open();
  }

  override abort(cause?: ErrorOptions): void {
    if (this.isOpen) this.#abortInner(cause);
    super.abort(cause);
  }

  protected take(): Status {
    for (;;) {
      const outer = this.#readOuter();
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#change !== undefined) return WAIT;
      const status = this.#inner?.read() ?? outer;
      if (status === EMIT) this.value = this.#inner?.value;
      if (status !== DONE || this.#inner === undefined) return status;
      this.#inner = undefined;
    }
  }

  protected override closeParts({ status }: Outcome): Closing {
    if (this.#failure !== undefined && status !== "error") {
      reportLate(this.settings, this.#failure.error);
    }
    const closers = [
      () => this.#change,
      () => this.#inner?.close(),
      () => this.#outer.close(),
    ];
    return closeInTurn(closers);
  }

  /** Reads until the outer source has nothing, or has ended. */
  #readOuter(): Status {
    for (;;) {
      const status = this.#outer.read();
      if (status !== EMIT) return status;
      this.#switchTo(this.#outer.value);
    }
  }

  #switchTo(item: unknown): void {
    this.#abortInner();
    this.#next = { item };
    if (this.#change !== undefined) return;
    const change =
      this.#inner === undefined ? this.#begin() : this.#closeInner();
    if (change !== undefined) this.#change = this.#finishChange(change);
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

  async #closeInner(): Promise<void> {
    await this.#inner?.close();
    this.#inner = undefined;
    await this.#begin();
  }

  async #openLater(
    source: PromiseLike<unknown>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const opened = await guard(source, signal);
      if (!signal.aborted) this.#open(opened);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    if (signal.aborted) {
      // It is out of date: what comes of it is closed.
      const late = Promise.resolve(source).then(discard);
      await withinGrace(settle(late, this.settings), this.settings);
      await this.#begin();
    }
  }

  async #finishChange(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      if (this.isOpen) this.#failure = { error };
      else reportLate(this.settings, error);
    }
    this.#change = undefined;
    if (this.#next === undefined) this.gate.open();
    else this.#switchTo(this.#next.item);
  }

  #open(source: unknown): void {
    checkInner(source);
    this.#inner = new Port(openCursor(source, this.settings), this);
  }

  #abortInner(cause?: ErrorOptions): void {
    this.#controller.abort(
      new CancelledError("Cannot go on: a newer item has come", cause),
    );
  }
}
