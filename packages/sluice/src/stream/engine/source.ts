import { describe } from "../../core/describe.ts";
import { isObject } from "../../core/thenable.ts";
import type { Closing, Cursor } from "./cursor.ts";
import type { Grace } from "./grace.ts";
import type { Settings } from "./settings.ts";

/** Names the method that opens a source of our own. */
export const openSource: unique symbol = Symbol("sluice.openSource");
/** Names the method that closes a source of our own which was never opened. */
export const closeSource: unique symbol = Symbol("sluice.closeSource");

/** Names the method of an iterator of our own that aborts the signal of what runs in it. */
export const abortSource: unique symbol = Symbol("sluice.abortSource");

/** A source that is no plain iterable: streams, and whatever has its own way of closing. */
export interface Source {
  /** Opens it; once. */
  [openSource](settings: Settings): Opened;
  /** Closes it, instead of opening it. */
  [closeSource](settings: Settings, grace: Grace): Closing;
}

/** A source that is open: a cursor, or an iterator that may be told to abort. */
export type Opened = Cursor | AnyIterator;

/** An iterator of either kind, as far as it can be trusted. */
export interface AnyIterator {
  next(): unknown;
  return?: (() => unknown) | undefined;
  [abortSource]?(cause?: ErrorOptions): void;
}

/** What any source may have; each is looked at before it is used. */
export interface Candidate extends Partial<Source>, Partial<AnyIterator> {
  readonly [Symbol.asyncIterator]?: (() => AnyIterator) | undefined;
  readonly [Symbol.iterator]?: (() => AnyIterator) | undefined;
  /** Of a web stream, which need not be iterable. */
  readonly getReader?: unknown;
}

/** Whether something can be iterated over, or is an iterator by itself. */
export function isSource(value: unknown): value is object {
  if (typeof value === "string") return true;
  if (!isObject(value)) return false;
  const candidate: Candidate = value;
  return [
    candidate[openSource],
    candidate[Symbol.asyncIterator],
    candidate[Symbol.iterator],
    candidate.next,
    candidate.getReader,
  ].some((method) => typeof method === "function");
}

/** @throws {TypeError} If it cannot be iterated over. */
export function checkSource(value: unknown): void {
  if (isSource(value)) return;
  throw new TypeError(
    `Cannot make a stream of ${describe(value)}: it is not iterable`,
  );
}
