import { checkFunction } from "../core/check-function.ts";
import { recordContext } from "../core/error-context.ts";
import { whenThere } from "../core/when-done.ts";
import { combineErrors, type WithOptions } from "./combine-errors.ts";
import type { asyncExit, exit, Outcome } from "./protocol.ts";
import { findDisposal, findExit, refuse } from "./session.ts";

/** A function that is told how a block ended, and suppresses its error by answering true. */
export type ExitFunction = (outcome: Outcome) => unknown;

/** A manager, of which only the exit counts. */
type Exitable =
  | { [asyncExit](outcome: Outcome): unknown }
  | { [exit](outcome: Outcome): unknown };

/**
 * The outcome of a block whose error an exit has suppressed.
 *
 * What an exit throws after that has no context, whatever a block around handles.
 */
export const SUPPRESSED: Outcome = /* @__PURE__ */ Object.freeze({
  status: "ok",
});

/**
 * What the exit stacks of both kinds share: what is to be done, last in, first out.
 *
 * Holds one entry for each registration until it is taken to be run.
 *
 * @typeParam D What can be registered by `use`.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it tells the stacks apart
export abstract class ExitEntries<D> {
  #entries: ExitFunction[] = [];
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
  push<E extends ExitFunction | Exitable>(exit: E): E {
    let run = findExit(exit)?.bind(exit);
    if (run === undefined) {
      checkFunction(exit, "register");
      run = exit;
    }
    this.register(run);
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
    this.checkUsable();
    checkFunction(callback, "register");
    // Whatever it answers suppresses nothing.
    this.register(() => whenThere(callback(...args), forget));
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
   * Registers a disposable: TC39's `use`.
   *
   * @param disposable What to dispose of; `null` and `undefined` are passed over.
   * @returns The argument.
   * @throws {TypeError} If it is no disposable.
   * @throws {ReferenceError} If the stack is disposed of.
   */
  use<T extends D | null | undefined>(disposable: T): T {
    this.checkUsable();
    if (disposable !== null && disposable !== undefined) {
      const session =
        findDisposal(disposable, this.waits) ?? refuse(disposable, "");
      this.register(session.exit);
    }
    return disposable;
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
    this.markDisposed();
    return stack;
  }

  /** Whether the stack may wait. */
  protected abstract readonly waits: boolean;

  protected register(entry: ExitFunction): void {
    this.checkUsable();
    this.#entries.push(entry);
  }

  protected take(): ExitFunction | undefined {
    return this.#entries.pop();
  }

  /** What the stack's own exit answers, or throws, once all entries have run. */
  protected judge(before: Outcome, after: Outcome): boolean {
    if (after.status !== "error") return before.status === "error";
    if (before.status === "error" && Object.is(after.error, before.error))
      return false;
    throw after.error;
  }

  /** Gives the outcome after an exit that threw. */
  protected fail(
    raised: unknown,
    before: Outcome,
    since: number,
    options: WithOptions | undefined,
  ): Outcome {
    if (before === SUPPRESSED) recordContext(raised, undefined, since);
    const error =
      before.status === "error"
        ? combineErrors(raised, before.error, since, options)
        : raised;
    return { status: "error", error };
  }

  protected markDisposed(): void {
    this.#disposed = true;
  }

  /** TC39 throws a ReferenceError here. */
  protected checkUsable(): void {
    if (this.#disposed) {
      throw new ReferenceError("Cannot use the stack: it is disposed of");
    }
  }
}

function forget(): undefined {
  return undefined;
}
