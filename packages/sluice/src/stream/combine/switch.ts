import { CancelledError } from "../../core/errors.ts";
import { isThenable } from "../../core/thenable.ts";
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
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import { reportLate, type Settings } from "../engine/settings.ts";
import { discard } from "../engine/source.ts";
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
  #outerHasEnded = false;
  #controller = new AbortController();
  /** An item that came while what was before it was still being closed. */
  #next: { readonly item: unknown } | undefined;
  /** The change from one to the next that is under way. */
  #change: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(upstream: Cursor, callback: Callback, settings: Settings) {
    super(settings);
    this.#outer = new Port(upstream, this);
    this.#callback = callback;
  }

  protected get ports(): readonly Port[] {
    return this.#inner === undefined
      ? [this.#outer]
      : [this.#inner, this.#outer];
  }

  override arrived(port: Port): void {
    // A new item ends the one before at once, whether or not anybody waits.
    if (port === this.#outer) this.#readOuter();
    this.gate.open();
  }

  override abort(cause?: ErrorOptions): void {
    if (this.isOpen) this.#abortInner(cause);
    super.abort(cause);
  }

  protected take(): Status {
    for (;;) {
      this.#readOuter();
      const failure = this.#failure;
      if (failure !== undefined) {
        this.#failure = undefined;
        throw failure.error;
      }
      const status = this.#inner?.read() ?? WAIT;
      if (status === EMIT) this.value = this.#inner?.value;
      if (status === DONE) this.#inner = undefined;
      else if (status === EMIT || this.#inner !== undefined) return status;
      if (this.#change !== undefined) return WAIT;
      if (this.#inner === undefined) return this.#outerHasEnded ? DONE : WAIT;
    }
  }

  #readOuter(): void {
    while (!this.#outerHasEnded) {
      try {
        const status = this.#outer.read();
        if (status === WAIT) return;
        if (status === EMIT) this.#switchTo(this.#outer.value);
        else this.#outerHasEnded = true;
      } catch (error) {
        this.#fail(error);
      }
    }
  }

  #switchTo(item: unknown): void {
    this.#abortInner();
    if (this.#change === undefined && this.#inner === undefined) {
      const promise = this.#call(item);
      if (promise === undefined) return;
      this.#change = this.#changeLater(promise);
    } else {
      this.#next = { item };
      this.#change ??= this.#changeLater(undefined);
    }
  }

  /** Calls the callback; gives its promise, if it gave one. */
  #call(item: unknown): PromiseLike<unknown> | undefined {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const source = this.#callback(item, { index: this.#count++, signal });
    if (isThenable(source)) return source;
    this.#open(source);
    return undefined;
  }

  async #changeLater(first: PromiseLike<unknown> | undefined): Promise<void> {
    try {
      let promise = first;
      for (;;) {
        if (promise !== undefined) await this.#openLater(promise);
        const next = this.#next;
        if (next === undefined || !this.isOpen) break;
        await this.#inner?.close();
        this.#inner = undefined;
        // What came meanwhile is newer.
        const { item } = this.#next ?? next;
        this.#next = undefined;
        if (!this.isOpen) break;
        promise = this.#call(item);
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#change = undefined;
    if (this.isOpen) this.gate.open();
  }

  /** Opens what comes of a callback's promise, unless it is out of date by then. */
  async #openLater(promise: PromiseLike<unknown>): Promise<void> {
    const { signal } = this.#controller;
    const isCurrent = (): boolean => this.isOpen && !signal.aborted;
    const opened = Promise.resolve(promise).then((source) => {
      if (isCurrent()) this.#open(source);
      else return discard(source);
      return undefined;
    });
    const outOfDate = new Promise<void>((resolve) => {
      signal.addEventListener(
        "abort",
        () => {
          resolve();
        },
        { once: true },
      );
    });
    try {
      await Promise.race([opened, outOfDate]);
    } catch (error) {
      if (isCurrent()) throw error;
    }
    if (!isCurrent())
      await withinGrace(settle(opened, this.settings), this.settings);
  }

  #open(source: unknown): void {
    checkInner(source);
    this.#inner = new Port(openCursor(source, this.settings), this);
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#outerHasEnded = true;
  }

  #abortInner(cause?: ErrorOptions): void {
    this.#controller.abort(
      new CancelledError("Cannot go on: what it was for is out of date", cause),
    );
  }

  protected override closeParts(): Closing {
    if (this.#failure !== undefined) {
      reportLate(this.settings, this.#failure.error);
    }
    const change = this.#change;
    const parts = [
      () => change,
      () => this.#inner?.close(),
      () => this.#outer.close(),
    ];
    return closeInTurn(() => parts.shift());
  }
}
