import { from } from "../../stream/source/from.ts";
import type { DetachedError } from "../../stream/engine/detached-error.ts";
import type { Stream } from "../../stream/stream.ts";
import type { TrackedBehaviour } from "../pass.ts";
import type { Track } from "../track.ts";
import { tracked } from "../tracked.ts";
import { virtualClock, type VirtualClock } from "../virtual-clock.ts";
import { claim, claimSame } from "./claim.ts";
import {
  createWatchedSignal,
  watchRejections,
  type WatchedSignal,
} from "./leftovers.ts";
import { ITEMS, type LawCallback, type Subject } from "./subject.ts";

/** How long the sources take to close, in milliseconds. */
export const CLOSE_DELAY = 10;
/** How long the streams wait for what does not close. */
export const CLOSE_GRACE = 50;
/** More than anything takes that ends. */
export const LONG = 100_000;

/** What an operator is tried with. */
export interface Conditions extends TrackedBehaviour {
  /** How many items the source gives before it ends, fails or is stuck; no end of them if absent. */
  readonly count?: number;
  /** What it is; an async iterable if absent. */
  readonly form?: "async-iterable" | "async-iterator";
  /** What the operator's callback does; it gives the item back if absent. */
  readonly callback?: LawCallback;
}

/** One run of an operator on a source. */
export class Trial {
  readonly subject: Subject;
  readonly clock: VirtualClock;
  readonly track: Track;
  readonly source: Stream<number>;
  readonly iterator: AsyncIterator<unknown>;
  readonly reports: DetachedError[] = [];
  readonly #signal: WatchedSignal = createWatchedSignal();

  constructor(subject: Subject, clock: VirtualClock, conditions: Conditions) {
    const { count, form, callback, ...behaviour } = conditions;
    const items = count === undefined ? countUp() : ITEMS.slice(0, count);
    const [source, track] = tracked(items, {
      ...(subject.interval > 0 && { delay: subject.interval }),
      ...behaviour,
      form: form ?? "async-iterable",
    });
    this.subject = subject;
    this.clock = clock;
    this.track = track;
    this.source = from<number>(source, {
      signal: this.#signal.controller.signal,
      closeGrace: CLOSE_GRACE,
      onDetached: (error) => {
        this.reports.push(error);
      },
    });
    this.iterator = open(
      subject.operator(this.source, callback ?? ((value) => value)),
    );
  }

  abort(reason: unknown): void {
    this.#signal.controller.abort(reason);
  }

  /** Reads so many items; fewer, if it ends. */
  async read(count: number): Promise<unknown[]> {
    const items: unknown[] = [];
    while (items.length < count) {
      const result = await this.iterator.next();
      if (result.done === true) break;
      items.push(result.value);
    }
    return items;
  }

  /** Reads until it ends, or fails, and keeps what it gave. */
  async readAll(items: unknown[] = []): Promise<unknown[]> {
    const most = this.subject.outputs.length;
    for (;;) {
      const result = await this.iterator.next();
      if (result.done === true) return items;
      items.push(result.value);
      claim(items.length <= most, `it gave more than ${most} items`);
    }
  }

  /** Reads what it gives, until more is to come, and claims that this is what it should give. */
  async readEnough(): Promise<void> {
    const count = this.subject.outputCount;
    this.subject.claimGiven(await this.read(count), count);
  }

  /** Asks for an item that does not come. */
  async askInVain(): Promise<Answer> {
    const answer = this.ask();
    await this.clock.waitUntilIdle();
    claimSame(answer.state, "waiting", "the call of next()");
    return answer;
  }

  /** Asks for an item, to be looked at later. */
  ask(): Answer {
    return watch(this.iterator.next());
  }

  leave(): Promise<unknown> {
    claim(this.iterator.return !== undefined, "it has no return()");
    return this.iterator.return();
  }

  /** Claims that its source was closed once, if it is to close it. */
  claimClosed(): void {
    const expected = this.subject.options.borrows === true ? 0 : 1;
    claimSame(
      this.track.returned,
      expected,
      "how often its source was told to close",
    );
    claimSame(this.track.closed, expected, "how often its source has closed");
  }

  async claimOver(): Promise<void> {
    for (let call = 0; call < 2; call++) {
      claimSame(
        await this.iterator.next(),
        { done: true, value: undefined },
        "what next() answered afterwards",
      );
    }
  }

  async end(): Promise<void> {
    if (this.subject.options.borrows === true) await this.source.return();
    claimSame(
      this.#signal.countListeners(),
      0,
      "listeners on the signal that were left",
    );
  }
}

/** What a call of `next()` has come to by now. */
export interface Answer {
  readonly state: "waiting" | "done" | "item" | "failed";
  /** The item, or the error. */
  readonly value: unknown;
}

/**
 * Tries an operator: runs something in a time of its own, and claims that nothing
 * is left behind.
 */
export async function tryOut(
  subject: Subject,
  conditions: Conditions,
  run: (trial: Trial) => Promise<void>,
): Promise<void> {
  const { patience = 0 } = subject.options;
  const clock = virtualClock({ patience });
  const rejections = watchRejections();
  try {
    await clock.run(async () => {
      const trial = new Trial(subject, clock, conditions);
      await run(trial);
      await trial.end();
    });
  } finally {
    rejections.stop();
  }
  claimSame(rejections.reasons, [], "rejections that nobody handled");
  claimSame(clock.pending, 0, "timers that were left");
}

function open(
  given: AsyncIterable<unknown> | AsyncIterator<unknown>,
): AsyncIterator<unknown> {
  return Symbol.asyncIterator in given ? given[Symbol.asyncIterator]() : given;
}

function* countUp(): Generator<number, undefined> {
  for (let item = 1; ; item++) yield item;
}

function watch(asked: Promise<IteratorResult<unknown, unknown>>): Answer {
  const answer: { state: Answer["state"]; value: unknown } = {
    state: "waiting",
    value: undefined,
  };
  asked.then(
    ({ done, value }) => {
      answer.state = done === true ? "done" : "item";
      answer.value = value;
    },
    (error: unknown) => {
      answer.state = "failed";
      answer.value = error;
    },
  );
  return answer;
}

/** Leaves while an item is waited for, and claims that the wait ends then and not later. */
export async function leaveWhileAsking(trial: Trial): Promise<void> {
  const { clock } = trial;
  const answer = await trial.askInVain();
  const leaving = trial.leave();
  await clock.waitUntilIdle();
  claimSame(answer.state, "done", "the call of next(), once it was left");
  await leaving;
}

/** Gives what a promise rejects with. */
export async function catchFrom(
  promise: PromiseLike<unknown>,
): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  claim(false, `it did not fail, but gave ${String(value)}`);
}
