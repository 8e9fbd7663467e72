import { createCancellation, keepLater, report } from "./errors.ts";
import { closeWithHook, flatMap, onClose, recover } from "./nested.ts";
import { discard, isIterable, open, type Opened, type Own } from "./open.ts";
import { read } from "./read.ts";
import { END, Reading, type Result } from "./reading.ts";
import type { Run } from "./run.ts";
import { Share } from "./share.ts";
import * as sinks from "./sinks.ts";
import { Stage, type Upstream } from "./stage.ts";
import * as steps from "./steps.ts";

/** Makes the last stage of a stream, and all before it. */
type Build = (run: Run) => Upstream;

type Callback = steps.Callback;

type Operator<A extends readonly unknown[]> = (
  source: Upstream,
  run: Run,
  ...args: A
) => steps.Items;

/** A stream in the plainest way there is: every operator is an async generator. */
export class NaiveStream implements Own {
  readonly #build: Build;
  readonly #signal: AbortSignal | undefined;
  #reading: Reading | undefined;
  #isListening = false;
  /** Whoever reads it in place of its own callers. */
  #reader: { return(): Promise<unknown> } | undefined;

  constructor(build: Build, signal?: AbortSignal) {
    this.#build = build;
    this.#signal = signal;
  }

  next(): Promise<Result> {
    const reading = this.#begin();
    this.#whenAborted((reason) => {
      reading.interrupt(reason);
    });
    return reading.next();
  }

  async return(): Promise<Result> {
    await (this.#reader ?? { return: () => this.#begin().leave() }).return();
    return END;
  }

  async throw(error: unknown): Promise<never> {
    try {
      await this.return();
    } catch (later) {
      keepLater(error, later);
    }
    throw error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  [open](): Opened {
    const reading = this.handOver();
    return {
      next: () => reading.next(),
      return: () => reading.leave(),
      stop: () => {
        reading.stop();
      },
    };
  }

  [discard](): Promise<void> {
    return this.handOver().leave();
  }

  /** Lets nothing go on, as whoever iterates over it is about to close it. */
  stop(): void {
    this.#reading?.stop();
  }

  /** Gives all of it to another reader, or what is left. */
  handOver(): Reading {
    const reading = new Reading(this.#getRest());
    this.#reader = { return: () => reading.leave() };
    return reading;
  }

  map(callback: Callback): NaiveStream {
    return this.#apply(steps.map, callback);
  }

  filter(callback: Callback): NaiveStream {
    return this.#apply(steps.filter, callback);
  }

  tap(callback: Callback): NaiveStream {
    return this.#apply(steps.tap, callback);
  }

  takeWhile(callback: Callback): NaiveStream {
    return this.#apply(steps.takeWhile, callback);
  }

  dropWhile(callback: Callback): NaiveStream {
    return this.#apply(steps.dropWhile, callback);
  }

  take(limit: number): NaiveStream {
    return this.#apply(steps.take, limit);
  }

  drop(limit: number): NaiveStream {
    return this.#apply(steps.drop, limit);
  }

  scan(callback: Callback, ...initial: readonly unknown[]): NaiveStream {
    return this.#apply(steps.scan, callback, ...initial);
  }

  indexed(): NaiveStream {
    return this.#apply(steps.indexed);
  }

  chunks(size: number): NaiveStream {
    return this.#apply(steps.chunks, size);
  }

  windows(size: number): NaiveStream {
    return this.#apply(steps.windows, size);
  }

  flatMap(callback: Callback): NaiveStream {
    return this.#apply(flatMap, callback);
  }

  catch(callback: Callback): NaiveStream {
    const build = this.#getRest();
    return this.#derive((run) => {
      const source = new Reading(build);
      return new Stage(recover(source, run, callback), () =>
        run.close(() => source.leave()),
      );
    });
  }

  onClose(hook: Callback, options?: { readonly when?: string }): NaiveStream {
    const build = this.#getRest();
    const isBefore = options?.when === "before";
    return this.#derive((run) => {
      const source = new Reading(build);
      return new Stage(onClose(source, run, hook, isBefore), () =>
        closeWithHook(source, run, () => hook({ status: "unknown" }), isBefore),
      );
    });
  }

  /** What is loaded ahead are the same items. */
  buffered(): NaiveStream {
    return this.#derive(this.#getRest());
  }

  borrow(): NaiveStream {
    const view = { next: () => this.next() };
    return new NaiveStream((run) => read(view, run));
  }

  tee(count: number): NaiveStream[] {
    const share = new Share(this.handOver(), count);
    const branches = Array.from({ length: count }, () => {
      const iterator = share.createIterator();
      return new NaiveStream((run) => read(iterator, run));
    });
    this.#reader = {
      return: () => Promise.all(branches.map((branch) => branch.return())),
    };
    return branches;
  }

  toArray(): Promise<unknown> {
    return this.#drain(sinks.toArray);
  }

  forEach(callback: Callback): Promise<unknown> {
    return this.#drain(sinks.forEach, callback);
  }

  reduce(callback: Callback, ...initial: readonly unknown[]): Promise<unknown> {
    return this.#drain(sinks.reduce, callback, ...initial);
  }

  find(callback: Callback): Promise<unknown> {
    return this.#drain(sinks.find, callback);
  }

  some(callback: Callback): Promise<unknown> {
    return this.#drain(sinks.some, callback);
  }

  every(callback: Callback): Promise<unknown> {
    return this.#drain(sinks.every, callback);
  }

  toWeb(): ReadableStream {
    const reading = this.handOver();
    return new ReadableStream(
      {
        async pull(controller) {
          const result = await reading.next();
          if (result.done === true) controller.close();
          else controller.enqueue(result.value);
        },
        cancel: () => reading.leave(),
      },
      { highWaterMark: 0 },
    );
  }

  #apply<A extends readonly unknown[]>(
    operator: Operator<A>,
    ...args: A
  ): NaiveStream {
    return this.#derive(this.#extend(operator, args));
  }

  #derive(build: Build): NaiveStream {
    const derived = new NaiveStream(build, this.#signal);
    this.#reader = derived;
    return derived;
  }

  #extend<A extends readonly unknown[]>(operator: Operator<A>, args: A): Build {
    const build = this.#getRest();
    return (run) => {
      const source = build(run);
      return new Stage(operator(source, run, ...args), () => source.return());
    };
  }

  /** Runs a sink. If it is left, or its signal aborts, it fails, once all is closed. */
  async #drain<A extends readonly unknown[]>(
    operator: Operator<A>,
    ...args: A
  ): Promise<unknown> {
    const reading = new Reading(this.#extend(operator, args));
    let ending: { readonly error: unknown } | undefined;
    const end = (error: unknown): Promise<void> => {
      ending ??= { error };
      return reading.leave();
    };
    this.#reader = { return: () => end(createCancellation()) };
    this.#whenAborted((reason) => {
      end(reason).catch(report);
    });
    const result = await reading.next();
    // Now it closes what it has left open.
    await (ending === undefined ? reading.next() : reading.leave());
    if (ending !== undefined) throw ending.error;
    return result.value;
  }

  #begin(): Reading {
    return (this.#reading ??= new Reading(this.#build));
  }

  /** Listens to the signal, from the first time that something is read. */
  #whenAborted(act: (reason: unknown) => void): void {
    const signal = this.#signal;
    if (signal === undefined || this.#isListening) return;
    this.#isListening = true;
    if (signal.aborted) act(signal.reason);
    else signal.addEventListener("abort", () => act(signal.reason));
  }

  /** What another reader has to read: all of it, or what is left once it was started. */
  #getRest(): Build {
    const reading = this.#reading;
    if (reading === undefined) return this.#build;
    const rest = { next: () => reading.next(), return: () => reading.leave() };
    return (run) => read(rest, run);
  }
}

/** Makes a stream of anything that can be iterated over. */
export function from(
  source: unknown,
  options?: { readonly signal?: AbortSignal },
): NaiveStream {
  const signal = options?.signal;
  if (source instanceof NaiveStream && signal === undefined) return source;
  if (typeof source !== "string" && !isIterable(source)) {
    throw new TypeError("It is not iterable");
  }
  return new NaiveStream((run) => read(source, run), signal);
}
