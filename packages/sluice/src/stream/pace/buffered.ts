import { describe } from "../../core/describe.ts";
import type { StepPlan } from "../engine/step.ts";
import type { Stretch } from "../engine/stretch.ts";
import { Concurrent } from "./concurrent.ts";
import { createWork } from "./work.ts";
import { countLimit, findSemaphores, type Limit } from "./limit.ts";

/** Options of {@linkcode Stream.buffered}. */
export interface BufferOptions<T> {
  /**
   * No item is begun while those that are ready come to so much, as `sizeOf` measures them;
   * no bound by default.
   */
  readonly maxBytes?: number;
  /**
   * How much an item comes to: its `byteLength` or `length` by default, or else 1. If it
   * gives anything but a finite number of 0 or more, the stream fails with a `RangeError`.
   */
  sizeOf?(item: T): number;
  /** Whether loading begins at once, and not when the first item is asked for; no by default. */
  readonly eager?: boolean;
}

/** A mark that limits, or unorders, what is right before it. */
export interface Mark extends StepPlan {
  readonly limit?: Limit;
  readonly unordered?: boolean;
}

/** Makes what loads ahead, with the steps right before it, and what marks them. */
export function openBuffer<T>(
  upstream: Stretch,
  limit: Limit,
  options: BufferOptions<T> | undefined,
): Concurrent {
  const marks: readonly Mark[] = upstream.detachItemSteps();
  const limits = marks.flatMap((mark) => mark.limit ?? []);
  const concurrent = new Concurrent(upstream, createWork(marks), {
    limit: countLimit(limit, "limit"),
    atOnce: Math.min(...limits.map((other) => countLimit(other, "limit"))),
    // One of which a permit is held already would be waited for in vain.
    semaphores: [...new Set([limit, ...limits].flatMap(findSemaphores))],
    ordered: !marks.some(({ unordered }) => unordered === true),
    maxBytes: options?.maxBytes,
    // What is loaded are the items of the stream whose option it is.
    sizeOf:
      options?.maxBytes === undefined
        ? undefined
        : (item) => checkSize(options.sizeOf?.(item as T) ?? measure(item)),
  });
  const isAborted = upstream.settings.signals.some(({ aborted }) => aborted);
  if (options?.eager === true && !isAborted) concurrent.fill();
  return concurrent;
}

function measure(item: unknown): number {
  const { byteLength, length } = Object(item) as {
    readonly byteLength?: unknown;
    readonly length?: unknown;
  };
  return Number(byteLength ?? length ?? 1);
}

/** @throws {RangeError} If nothing could be counted with it any more. */
function checkSize(size: number): number {
  if (Number.isFinite(size) && size >= 0) return size;
  throw new RangeError(
    `Cannot use ${describe(size)} as the size of an item: it is not finite, or less than 0`,
  );
}
