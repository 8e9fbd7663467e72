/**
 * Work in a task group failed: of its tasks, of its block, or of both.
 *
 * Always a group, even for one error. `errors` has the tasks' errors in the
 * order in which they came, and the block's own last. Cancellations are not
 * among them.
 *
 * Source: Python, `ExceptionGroup`, as `asyncio.TaskGroup` raises it.
 *
 * @example Look at what failed
 * ```ts
 * import { asyncWith, TaskGroup, TaskGroupError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const failure = new Error("no answer");
 * try {
 *   await asyncWith(new TaskGroup(), (group) => {
 *     group.spawn(() => Promise.reject(failure));
 *   });
 * } catch (error) {
 *   assert.ok(error instanceof TaskGroupError);
 *   assert.deepEqual(error.errors, [failure]);
 * }
 * ```
 */
export class TaskGroupError extends AggregateError {
  /** Identifies the condition; never changes between versions. */
  readonly code = "SLUICE_TASK_GROUP";

  /**
   * @param errors What failed.
   * @param message What could not be done.
   */
  constructor(
    errors: readonly unknown[],
    message = `Cannot go on with the task group: ${errors.length} failed`,
  ) {
    super(errors, message);
  }

  /** @inheritDoc */
  override get name(): string {
    return "TaskGroupError";
  }

  /**
   * Makes an error of the same kind and message with other errors.
   *
   * `suppress` uses it for those that are left.
   *
   * Source: Python, `BaseExceptionGroup.derive`.
   *
   * @param errors The errors of the new one.
   * @returns The new error.
   */
  derive(errors: readonly unknown[]): TaskGroupError {
    return new TaskGroupError(errors, this.message);
  }
}
