import { describe } from "../core/describe.ts";
import { isObject } from "../core/thenable.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import type { Outcome } from "./protocol.ts";
import { findExit } from "./session.ts";

/** One thing to be done when a stack is left. */
export type Entry = (outcome: Outcome) => unknown;

/** A function that is told how a block ended, and suppresses its error by answering true. */
export type ExitFunction = (outcome: Outcome) => unknown;

/**
 * What the exit stacks of both kinds share: what is to be done, last in, first out.
 *
 * Holds one entry for each registration until it is taken to be run.
 */
export abstract class ExitEntries {
  #entries: Entry[] = [];
  #disposed = false;

  /** Whether the stack was disposed of or moved from; nothing can be registered then. */
  get disposed(): boolean {
    return this.#disposed;
  }

  /**
   * Registers an exit: a function, or that of a manager which was entered already.
   *
   * It is told how the block ended and may suppress its error.
   *
   * Source: Python, `ExitStack.push`, `AsyncExitStack.push_async_exit`.
   *
   * @param exit The function or the manager. A manager is not entered.
   * @returns The argument.
   * @throws {TypeError} If it is neither.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  push<E extends object>(exit: E): E {
    const method = findExit(exit);
    if (method !== undefined)
      this.register((outcome) => method.call(exit, outcome));
    else this.register(checkFunction(exit, "push"));
    return exit;
  }

  /**
   * Registers a function that is called with the given arguments.
   *
   * It is told nothing and suppresses nothing, whatever it answers.
   *
   * Source: Python, `ExitStack.callback`, `AsyncExitStack.push_async_callback`.
   *
   * @param callback The function.
   * @param args What it is called with.
   * @returns The function.
   * @throws {TypeError} If it is no function.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  callback<A extends unknown[], R>(
    callback: (...args: A) => R,
    ...args: A
  ): typeof callback {
    checkFunction(callback, "callback");
    this.registerDisposal(() => callback(...args));
    return callback;
  }

  /**
   * Registers a function that is called with nothing: TC39's `defer`.
   *
   * @param onDispose The function.
   * @throws {TypeError} If it is no function.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  defer(onDispose: () => unknown): void {
    this.callback(onDispose);
  }

  /**
   * Registers a value with the function that closes it: TC39's `adopt`.
   *
   * @param value What is given to the function.
   * @param onDispose The function.
   * @returns The value.
   * @throws {TypeError} If `onDispose` is no function.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  adopt<T>(value: T, onDispose: (value: T) => unknown): T {
    this.callback(onDispose, value);
    return value;
  }

  /**
   * Moves all entries to a new stack of the same class; this one stays usable.
   *
   * Leaving this stack runs nothing of them then.
   *
   * Source: Python, `ExitStack.pop_all`.
   *
   * @returns The new stack.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  popAll(): this {
    this.checkUsable();
    // A subclass is made without arguments, as it is by Python.
    const stack = new (this.constructor as new () => this)();
    stack.#entries = this.#entries;
    this.#entries = [];
    return stack;
  }

  /**
   * Moves all entries to a new stack and disposes of this one: TC39's `move`.
   *
   * @returns The new stack.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  move(): this {
    const stack = this.popAll();
    this.#disposed = true;
    return stack;
  }

  protected abstract registerDisposal(dispose: () => unknown): void;

  protected register(entry: Entry): void {
    this.checkUsable();
    this.#entries.push(entry);
  }

  protected take(): Entry | undefined {
    return this.#entries.pop();
  }

  /** What the next entry is told after one has raised an error. */
  protected raiseOver(
    current: Outcome,
    raised: unknown,
    since: number,
    options: WithOptions | undefined,
  ): Outcome {
    if (current.status !== "error") return { status: "error", error: raised };
    const error = combineErrors(
      { raised, pending: current.error, since },
      options,
    );
    return { status: "error", error };
  }

  /** What the stack's own exit answers, or throws, once all entries have run. */
  protected judge(before: Outcome, after: Outcome): boolean {
    if (after.status !== "error") return before.status === "error";
    if (before.status === "error" && Object.is(after.error, before.error))
      return false;
    throw after.error;
  }

  /** Marks the stack as disposed of; tells whether it was not before. */
  protected beginDisposal(): boolean {
    const first = !this.#disposed;
    this.#disposed = true;
    return first;
  }

  /** TC39 throws a ReferenceError here. */
  protected checkUsable(): void {
    if (this.#disposed) {
      throw new ReferenceError(
        "Cannot use the exit stack: it was disposed of or moved from",
      );
    }
  }
}

function checkFunction(value: unknown, method: string): ExitFunction {
  if (typeof value === "function") return value as ExitFunction;
  const kind = isObject(value)
    ? "neither a function nor a manager"
    : "not a function";
  throw new TypeError(
    `Cannot call ${method}() with ${describe(value)}: it is ${kind}`,
  );
}
