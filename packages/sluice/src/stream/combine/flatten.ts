import { isThenable } from "../../core/thenable.ts";
import {
  closeInTurn,
  closeTogether,
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

/** A source that a callback gave, or is about to. */
interface Inner {
  port: Port | undefined;
  /** The callback's promise, while it is awaited. */
  promise: PromiseLike<unknown> | undefined;
  failure: { readonly error: unknown } | undefined;
}

/**
 * Reads what a callback makes of each item, of several items at once.
 *
 * Of each of the `limit` sources that may be open, one item is loaded ahead.
 * Ordered, the items come as if the sources were read one after the other;
 * otherwise as they are there.
 */
export class Flatten extends Joint {
  readonly #outer: Port;
  readonly #callback: Callback;
  readonly #limit: number;
  readonly #ordered: boolean;
  /** In order of their beginnings; unordered, the one read last is last. */
  #inners: Inner[] = [];
  #count = 0;
  #outerHasEnded = false;

  constructor(
    upstream: Cursor,
    callback: Callback,
    concurrency: { readonly limit: number; readonly ordered: boolean },
    settings: Settings,
  ) {
    super(settings);
    this.#outer = new Port(upstream, this);
    this.#callback = callback;
    this.#limit = concurrency.limit;
    this.#ordered = concurrency.ordered;
  }

  protected get ports(): readonly Port[] {
    const inner = this.#inners.flatMap(({ port }) => port ?? []);
    return [...inner, this.#outer];
  }

  override arrived(): void {
    this.#fill();
    this.gate.open();
  }

  protected take(): Status {
    for (;;) {
      this.#fill();
      const [first] = this.#inners;
      if (first === undefined) return this.#outerHasEnded ? DONE : WAIT;
      const ended = this.#readAny();
      if (ended === EMIT || ended === WAIT) return ended;
    }
  }

  /** Reads the first that has something: `DONE` says that one has ended, and is gone. */
  #readAny(): Status {
    for (const inner of this.#inners) {
      const { failure } = inner;
      if (failure !== undefined) {
        inner.failure = undefined;
        throw failure.error;
      }
      const status = inner.port?.read() ?? WAIT;
      if (status === DONE) {
        this.#inners = this.#inners.filter((other) => other !== inner);
        return DONE;
      }
      if (status === EMIT) {
        this.value = inner.port?.value;
        if (!this.#ordered) this.#putLast(inner);
        return EMIT;
      }
      if (this.#ordered) break;
    }
    return WAIT;
  }

  #putLast(inner: Inner): void {
    this.#inners = this.#inners.filter((other) => other !== inner);
    this.#inners.push(inner);
  }

  /** Begins as many as may be begun, and has each load an item. */
  #fill(): void {
    while (!this.#outerHasEnded && this.#inners.length < this.#limit) {
      const inner: Inner = {
        port: undefined,
        promise: undefined,
        failure: undefined,
      };
      try {
        const status = this.#outer.read();
        if (status === WAIT) break;
        if (status === DONE) {
          this.#outerHasEnded = true;
          break;
        }
        this.#inners.push(inner);
        this.#begin(inner);
      } catch (error) {
        if (!this.#inners.includes(inner)) this.#inners.push(inner);
        this.#fail(inner, error);
      }
    }
    for (const { port } of this.#inners) port?.prepare();
  }

  #begin(inner: Inner): void {
    const context = this.createContext(this.#count++);
    const source = this.#callback(this.#outer.value, context);
    if (!isThenable(source)) {
      this.#open(inner, source);
      return;
    }
    inner.promise = source;
    source.then(
      (value) => {
        this.#settle(inner, () => {
          this.#open(inner, value);
        });
      },
      (error: unknown) => {
        this.#settle(inner, () => {
          throw error;
        });
      },
    );
  }

  #settle(inner: Inner, goOn: () => void): void {
    if (!this.isOpen) return;
    inner.promise = undefined;
    try {
      goOn();
    } catch (error) {
      this.#fail(inner, error);
    }
    this.arrived();
  }

  #open(inner: Inner, source: unknown): void {
    checkInner(source);
    inner.port = new Port(openCursor(source, this.settings), this);
  }

  #fail(inner: Inner, error: unknown): void {
    inner.failure = { error };
    this.#outerHasEnded = true;
  }

  protected override closeParts(): Closing {
    for (const { failure } of this.#inners) {
      if (failure !== undefined) reportLate(this.settings, failure.error);
    }
    const late = this.#inners.flatMap(({ promise }) =>
      promise === undefined
        ? []
        : [settle(promise.then(discard), this.settings)],
    );
    const parts = [
      () =>
        late.length === 0
          ? undefined
          : withinGrace(Promise.all(late), this.settings),
      () => closeTogether(this.#inners.map(({ port }) => port?.close())),
      () => this.#outer.close(),
    ];
    return closeInTurn(() => parts.shift());
  }
}
