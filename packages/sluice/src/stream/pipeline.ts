import { BusyError } from "../core/errors.ts";
import { guard } from "../core/guard.ts";
import type { Closing, Cursor } from "./engine/cursor.ts";
import { Drive } from "./engine/drive.ts";
import { Interruptible } from "./engine/interruptible.ts";
import { Reading } from "./engine/reading.ts";
import type { Settings } from "./engine/settings.ts";
import {
  closeSource,
  openSource,
  type AnyIterator,
  type Opened,
  type Source,
} from "./engine/source.ts";
import type { Step, StepPlan } from "./engine/step.ts";
import { openPlan, type Plan, type PlannedStretch } from "./plan.ts";

/** Whoever reads a pipeline in place of its own callers; to close the one closes the other. */
export interface Reader {
  return(): Promise<unknown>;
}

/**
 * A plan, and the iterator that runs it: what every stream is.
 *
 * One reader at a time: what is handed over to another stream, or to a sink, is
 * read there alone.
 */
export class Pipeline<T> implements AsyncDisposable, Source {
  protected readonly settings: Settings;
  readonly #origin: unknown;
  readonly #plan: Plan | undefined;
  #reading: Reading<T> | undefined;
  #reader: Reader | undefined;
  /** What a view asked for and did not wait for. */
  #unread: Promise<IteratorResult<T, undefined>> | undefined;

  constructor(origin: unknown, settings: Settings, plan?: Plan) {
    this.#origin = origin;
    this.#plan = plan;
    this.settings = settings;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#reader !== undefined) return Promise.reject(createBusy());
    return this.#ask();
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    await (this.#reader?.return() ?? this.#leave());
    return { value: undefined, done: true };
  }

  async throw(error: unknown): Promise<never> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** @internal */
  [openSource](): Opened {
    const source = this.handOver({ return: async () => this.#leave() });
    return source[openSource]();
  }

  /** @internal */
  [closeSource](): Closing {
    return this.#leave();
  }

  /**
   * Gives what is to be read of this to another reader.
   *
   * @throws {BusyError} If it has a reader already.
   * @internal
   */
  handOver(reader: Reader): Source {
    const isFresh = this.#checkUnread();
    this.#reader = reader;
    if (!isFresh) return this.#createRest();
    let cursor: Cursor | undefined;
    const open = (): Cursor => (cursor ??= this.#guard(this.#stretch().open()));
    return { [openSource]: open, [closeSource]: () => open().close() };
  }

  /**
   * Makes a pipeline with one operator more, which reads this one.
   *
   * @throws {BusyError} If this one has a reader already.
   */
  protected derive<P extends Reader>(
    operator: Plan["operator"],
    create: (origin: unknown, settings: Settings, plan: Plan) => P,
  ): P {
    const isFresh = this.#checkUnread();
    const derived = isFresh
      ? create(this.#origin, this.settings, { operator, before: this.#plan })
      : create(this.#createRest(), this.settings, {
          operator,
          before: undefined,
        });
    this.#reader = derived;
    return derived;
  }

  /** Runs it to its end, with a sink as its last step. */
  protected drain<R>(
    sink: StepPlan,
    readResult: (last: Step) => R,
  ): Promise<R> {
    const isFresh = this.#checkUnread();
    const stretch = isFresh
      ? this.#stretch()
      : openPlan(this.#createRest(), undefined, this.settings);
    const { machine, last } = stretch.openInto(sink);
    const drive = new Drive(this.#guard(machine), () => readResult(last));
    this.#reader = drive;
    return drive.run();
  }

  /** A view of it for another reader, which leaves it open. */
  protected lend(): Source {
    this.#checkUnread();
    return {
      [openSource]: () => this.#createLoan(),
      [closeSource]: ignore,
    };
  }

  /** Opens it before anybody asks. */
  protected start(): void {
    this.#reading ??= this.#begin();
  }

  #createLoan(): AnyIterator {
    const controller = new AbortController();
    const { signal } = controller;
    return {
      next: async () => {
        if (this.#reader !== undefined) throw createBusy();
        const asked = this.#ask();
        this.#unread = asked;
        try {
          return await guard(asked, signal);
        } finally {
          // What the view did not wait for goes to whoever reads next.
          if (!signal.aborted) this.#unread = undefined;
        }
      },
      return: () => {
        controller.abort();
      },
    };
  }

  #ask(): Promise<IteratorResult<T, undefined>> {
    const unread = this.#unread;
    if (unread !== undefined) {
      this.#unread = undefined;
      return unread;
    }
    this.#reading ??= this.#begin();
    return this.#reading.next();
  }

  /** Whether another reads it already. @internal */
  get isTaken(): boolean {
    return this.#reader !== undefined;
  }

  /** Whether nothing of it has been read or opened. */
  #checkUnread(): boolean {
    if (this.#reader !== undefined) throw createBusy();
    return this.#reading === undefined;
  }

  #stretch(): PlannedStretch {
    return openPlan(this.#origin, this.#plan, this.settings);
  }

  #begin(): Reading<T> {
    return new Reading(this.#guard(this.#stretch().open()));
  }

  /** Puts what watches the signal around a cursor, if there is a signal. */
  #guard(cursor: Cursor): Cursor {
    return this.settings.signal === undefined
      ? cursor
      : new Interruptible(cursor, this.settings);
  }

  #leave(): Closing {
    this.#reading ??= this.#begin();
    return this.#reading.leave();
  }

  /** What is left of a pipeline that has been started, for another reader. */
  #createRest(): Source {
    return {
      [openSource]: () => ({
        next: () => this.#ask(),
        return: () => this.#leave(),
      }),
      [closeSource]: () => this.#leave(),
    };
  }
}

function ignore(): undefined {
  // There is nothing to do.
}

function createBusy(): BusyError {
  return new BusyError(
    "Cannot read the stream: another reads it already; see tee() and borrow()",
  );
}
