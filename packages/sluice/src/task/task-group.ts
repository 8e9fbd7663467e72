import { CancelledError, ClosedError, isCancelled } from "../core/errors.ts";
import { isObject } from "../core/thenable.ts";
import {
  asyncEnter,
  asyncExit,
  UNKNOWN,
  type AsyncContextManager,
  type Outcome,
} from "../context/protocol.ts";
import { CancelScope } from "./cancel-scope.ts";
import { ChildTask, type Task } from "./task.ts";
import { TaskGroupError } from "./task-group-error.ts";

/** Options of a task group. */
export interface TaskGroupOptions {
  /** Cancels the group; leaving its block then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Runs tasks, none of which outlives its block: Python's `asyncio.TaskGroup`.
 *
 * Leaving the block waits for all tasks, however long they take, those started
 * meanwhile included. When one fails, or the block does, the signals of all
 * others abort; they are waited for too, and then a `TaskGroupError` with every
 * failure is thrown. A task that ends with its cancellation has not failed.
 * JavaScript cannot interrupt a task or the block: give what they wait for the
 * signal, or wrap it in `guard()`.
 *
 * Holds the tasks that are running and the errors of those that failed, and,
 * until its end, one listener on the signal given.
 *
 * Source: Python 3.11, `asyncio.TaskGroup`.
 *
 * @example Two at once, and both are done after the block
 * ```ts
 * import { asyncWith, sleep, TaskGroup } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const [a, b] = await asyncWith(new TaskGroup(), async (group) => {
 *   const a = group.spawn((signal) => sleep(1, signal).then(() => "a"));
 *   const b = group.spawn(() => "b");
 *   return [await a, await b];
 * });
 *
 * assert.deepEqual([a, b], ["a", "b"]);
 * ```
 */
export class TaskGroup
  extends CancelScope
  implements AsyncContextManager<TaskGroup, false>, AsyncDisposable
{
  readonly #tasks = new Set<ChildTask<unknown>>();
  readonly #errors: unknown[] = [];
  #disposal: Promise<false> | undefined;

  /** @param options A signal that cancels the group. */
  constructor(options?: TaskGroupOptions) {
    super("the task group", options?.signal);
  }

  /**
   * Makes a group that is entered already, for `await using`.
   *
   * Disposing of it waits for all tasks. As nothing tells then whether the block
   * failed, they are not cancelled: call `cancel()` for that.
   *
   * @param options A signal that cancels the group.
   * @returns The group; it must be disposed of.
   *
   * @example Wait for all without nesting
   * ```ts
   * import { sleep, TaskGroup } from "sluice";
   * import assert from "node:assert/strict";
   *
   * let done = false;
   * {
   *   await using group = TaskGroup.open();
   *   group.spawn(async () => {
   *     await sleep(1);
   *     done = true;
   *   });
   * }
   * assert.ok(done);
   * ```
   */
  static open(options?: TaskGroupOptions): TaskGroup {
    return new TaskGroup(options)[asyncEnter]();
  }

  /**
   * Starts a task, at once.
   *
   * @param run The work. It is given a signal that aborts when it is to stop.
   * @returns The task. It need not be awaited.
   * @throws {ClosedError} If the group has not been entered, or has ended.
   * @throws The signal's reason, if the group is cancelled: whoever spawns then
   * is to stop as well, and counts as cancelled.
   */
  spawn<T>(run: (signal: AbortSignal) => T | PromiseLike<T>): Task<T> {
    if (this.block.stage !== "entered") {
      throw new ClosedError(
        `Cannot spawn in ${this.block.title}: it is ${this.block.stage}`,
      );
    }
    this.signal.throwIfAborted();
    return new ChildTask(run, this.#tasks, (error) => {
      this.#note(error);
      this.cancel(createCancel(error));
    });
  }

  /**
   * Cancels all tasks.
   *
   * If the block ends with that cancellation, it passes; if it ends well, its
   * value does.
   *
   * @param reason What the signals abort with; a `CancelledError` if absent.
   */
  override cancel(reason: unknown = new CancelledError()): void {
    super.cancel(reason);
    for (const task of this.#tasks) task.cancel(reason);
  }

  /** Opens the group. */
  [asyncEnter](): this {
    return this.begin();
  }

  /** Waits for all tasks, cancelled if the block failed, and reports the failures. */
  async [asyncExit](outcome: Outcome): Promise<false> {
    const failed =
      outcome.status === "error" &&
      !isCancelled(outcome.error) &&
      !this.isCancellation(outcome.error);
    if (outcome.status === "error") {
      this.cancel(failed ? createCancel(outcome.error) : outcome.error);
    }
    while (this.#tasks.size > 0) await Promise.allSettled(this.#tasks);
    this.end();
    if (failed) this.#note(outcome.error);
    if (this.#errors.length > 0) throw new TaskGroupError(this.#errors);
    if (outcome.status !== "error") this.outer?.throwIfAborted();
    return false;
  }

  /** Waits for all tasks; does nothing if the group has ended, or was never entered. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.block.stage !== "entered") return;
    this.#disposal ??= this[asyncExit](UNKNOWN);
    await this.#disposal;
  }

  /** Notes a failure; once, though it came through several who awaited each other. */
  #note(error: unknown): void {
    // Two primitives may be equal and yet be two failures.
    if (isObject(error) && this.#errors.includes(error)) return;
    this.#errors.push(error);
  }
}

function createCancel(failure: unknown): CancelledError {
  return new CancelledError(undefined, { cause: failure });
}
