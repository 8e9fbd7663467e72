import type { Act } from "../program.ts";
import type { Activity } from "./activity.ts";
import type { Errors } from "./errors.ts";
import type { Notes } from "./record.ts";
import type { Show } from "./show.ts";
import { untilIdle, type Waits } from "./waits.ts";

/** What is driven: a stream, of the library or of the reference. */
export interface Driven {
  next(): Promise<IteratorResult<unknown, unknown>>;
  return(): Promise<IteratorResult<unknown, unknown>>;
  throw(error: unknown): Promise<unknown>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A call that was made and has been answered, or not. */
interface Call {
  readonly name: string;
  answer: string | undefined;
}

/** Uses a stream from outside, one act whenever nothing goes on by itself. */
export class Driver {
  readonly #notes: Notes;
  readonly #errors: Errors;
  readonly #waits: Waits;
  readonly #show: Show;
  readonly #controller: AbortController;
  readonly #activity: Activity;
  readonly #calls: Call[] = [];

  constructor(
    notes: Notes,
    means: { readonly errors: Errors; readonly waits: Waits },
    show: Show,
    controller: AbortController,
    activity: Activity,
  ) {
    this.#notes = notes;
    this.#errors = means.errors;
    this.#waits = means.waits;
    this.#show = show;
    this.#controller = controller;
    this.#activity = activity;
  }

  async drive(
    stream: Driven,
    acts: readonly Act[],
    consume?: () => Promise<unknown>,
  ): Promise<void> {
    this.#activity.leave = () => {
      this.#perform(stream, "return");
    };
    if (consume !== undefined) {
      this.#call("consumer", consume, (value) => this.#show.value(value));
    }
    for (const act of acts) {
      await this.#pause();
      this.#perform(stream, act);
    }
    await this.#finish();
    // What was read to its end is told so again.
    this.#perform(stream, "return");
    await this.#finish();
  }

  #perform(stream: Driven, act: Act): void {
    if (typeof act === "number") {
      for (let count = 0; count < act; count++) {
        this.#call(
          "next",
          () => stream.next(),
          (result) => this.#show.result(result),
        );
      }
      return;
    }
    switch (act) {
      case "release":
        this.#waits.release();
        return;
      case "return":
        this.#close(
          act,
          () => stream.return(),
          (result) => this.#show.result(result),
        );
        return;
      case "throw":
        this.#close(
          act,
          () => stream.throw(this.#errors.get("E-thrown")),
          () => "?",
        );
        return;
      case "dispose":
        this.#close(
          act,
          () => stream[Symbol.asyncDispose](),
          () => "done",
        );
        return;
      case "abort":
        this.#controller.abort(this.#errors.get("E-reason"));
    }
  }

  #close<T>(
    name: string,
    close: () => Promise<T>,
    show: (value: T) => string,
  ): void {
    const activity = this.#activity;
    const closeAndCheck = async (): Promise<T> => {
      activity.isClosed = true;
      try {
        return await close();
      } finally {
        if (activity.running > 0)
          this.#notes.breach("a callback runs on after closing");
      }
    };
    this.#call(name, closeAndCheck, show);
  }

  #call<T>(
    name: string,
    start: () => Promise<T>,
    show: (value: T) => string,
  ): void {
    const call: Call = { name, answer: undefined };
    const waiting = this.#calls.filter((other) => other.name === name);
    this.#calls.push(call);
    const settle = (answer: string): void => {
      call.answer = answer;
      if (
        name === "next" &&
        waiting.some((other) => other.answer === undefined)
      )
        this.#notes.breach(
          "a call of next() is answered before an earlier one",
        );
    };
    start().then(
      (value) => settle(show(value)),
      (error: unknown) => settle(`failed: ${this.#show.error(error)}`),
    );
  }

  /** Waits until nothing goes on, and notes what has been answered by then. */
  async #pause(): Promise<void> {
    await untilIdle();
    const parts = this.#calls.map(
      ({ name, answer = "?" }) => `${name}=${answer}`,
    );
    // One that comes from inside may be there before or after another.
    this.#notes.note(["idle", ...parts.sort()].join(" "));
    this.#forget();
  }

  #forget(): void {
    const waiting = this.#calls.filter(({ answer }) => answer === undefined);
    this.#calls.splice(0, Infinity, ...waiting);
  }

  /** Opens gates until everything has been answered. */
  async #finish(): Promise<void> {
    do await this.#pause();
    while (this.#waits.release());
    if (this.#calls.length > 0) this.#notes.breach("is stuck");
  }
}
