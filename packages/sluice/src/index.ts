/**
 * Context managers, tasks, generators and streams: all that runs on any platform.
 *
 * @module sluice
 */

// Errors
export {
  BusyError,
  CancelledError,
  ClosedError,
  isCancelled,
  SluiceError,
} from "./core/errors.ts";
export { errorContext, withoutContext } from "./core/error-context.ts";
export {
  GeneratorError,
  type GeneratorErrorCode,
} from "./core/generator-error.ts";
export { SuppressedError } from "./core/suppressed-error.ts";

// Context managers: the protocol
export {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  requiresOutcome,
  type AnyManager,
  type AnySyncManager,
  type AsyncContextManager,
  type ContextManager,
  type DualContextManager,
  type Entered,
  type Outcome,
  type Result,
  type Suppression,
  type SyncEntered,
  type SyncResult,
} from "./context/protocol.ts";

// Context managers: blocks
export { asyncWith } from "./context/async-with.ts";
export type { WithOptions } from "./context/combine-errors.ts";
export { syncWith } from "./context/sync-with.ts";
export { acquire, type Acquired } from "./context/acquire.ts";
export { decorate, type DecoratedResult } from "./context/decorate.ts";

// Context managers: makers
export {
  asyncContextManager,
  contextManager,
  type SuppressionOf,
} from "./context/generator-manager.ts";
export type { GeneratorManagerOptions } from "./context/generator-session.ts";
export { AsyncExitStack } from "./context/async-exit-stack.ts";
export { ExitStack } from "./context/exit-stack.ts";
export type { ExitFunction } from "./context/exit-entries.ts";
export {
  aclosing,
  closing,
  type AsyncClosable,
  type Closable,
} from "./context/closing.ts";
export { nullContext } from "./context/null-context.ts";
export { suppress, type ErrorMatcher } from "./context/suppress.ts";

// Tasks
export { guard } from "./core/guard.ts";
export { Lock } from "./task/lock.ts";
export { Semaphore, type Permit } from "./task/semaphore.ts";
export { sleep } from "./task/sleep.ts";
export type { Task, TaskState } from "./task/task.ts";
export { TaskGroup, type TaskGroupOptions } from "./task/task-group.ts";
export { TaskGroupError } from "./task/task-group-error.ts";
export {
  timeout,
  timeoutAt,
  type Timeout,
  type TimeoutOptions,
} from "./task/timeout.ts";
export { TimeoutError } from "./task/timeout-error.ts";

// Generators
export {
  asyncGenerator,
  type StrictAsyncGenerator,
} from "./generator/async-generator.ts";
export { aiter, anext } from "./generator/anext.ts";
export { aclose, asend, athrow } from "./generator/send.ts";
export { StopAsyncIteration } from "./generator/stop-async-iteration.ts";

// Streams
export { Stream, type Many } from "./stream/stream.ts";
export type { ItemCallback, Reducer } from "./stream/consumable.ts";
export type { CallContext } from "./stream/engine/step.ts";
export type { StreamOptions } from "./stream/engine/settings.ts";
export { DetachedError } from "./stream/engine/detached-error.ts";
export type { BufferOptions } from "./stream/pace/buffered.ts";
export type { ConcurrencyOptions, Limit } from "./stream/pace/limit.ts";

// Streams: sources
export { from, type StreamSource } from "./stream/source/from.ts";
export { stream } from "./stream/source/stream.ts";
export type { StreamScope } from "./stream/source/generated.ts";
export { iterable, type StreamIterable } from "./stream/source/iterable.ts";
export { range } from "./stream/source/range.ts";
export { interval } from "./stream/source/interval.ts";
export {
  channel,
  type Channel,
  type ChannelOptions,
} from "./stream/source/channel.ts";
export { fromEvent, type Emitter } from "./stream/source/from-event.ts";
export { OverflowError, type Overflow } from "./stream/source/overflow.ts";

// Streams: several into one
export { concat } from "./stream/combine/concat.ts";
export { latest } from "./stream/combine/latest.ts";
export { merge } from "./stream/combine/merge.ts";
export { race } from "./stream/combine/race.ts";
export { zip, type ZipOptions } from "./stream/combine/zip.ts";
export type { ZipMode } from "./stream/combine/zip-cursor.ts";
export type { ItemOf } from "./stream/combine/item-of.ts";
export type { Copies } from "./stream/share/copies.ts";
