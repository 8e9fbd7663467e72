/**
 * A program that is run with the library and with the reference: data, which
 * `write.ts` puts into code.
 *
 * Whatever is left out of one, it stays a program: that is how it is made smaller.
 */
export interface Program {
  readonly kind: Kind;
  readonly pipeline: Pipeline;
  /** What is read first, before the rest is handed on. */
  readonly header?: Header;
  readonly consumer: Consumer;
  /** What is done whenever nothing goes on; once there is no more, gates are opened. */
  readonly acts: readonly Act[];
}

/**
 * What can be compared: everything, for `linear` ones, in which one thing happens after
 * the other; or the values alone, where it is not said what happens before what. An
 * `inside` one is closed out of its own callbacks.
 */
export type Kind = "linear" | "inside" | "zip" | "buffered" | "merge" | "tee";

export interface Pipeline {
  readonly source: Source;
  readonly steps: readonly Step[];
}

/** How long something takes: turns of the microtask queue, or until a gate is opened. */
export type Wait = number | "gate";

/** The name of something to throw: `E1` is an error, `text` a string; see `errors.ts`. */
export type ErrorName = string;

export type Source = PlainSource | NestedSource | JointSource;

/** A source that is not made of others. */
export interface PlainSource {
  readonly is: PlainKind;
  readonly name: string;
  readonly entries: readonly Entry[];
  /** What asking for the iterator throws; `odd` if it gives no iterator instead. */
  readonly open?: ErrorName;
  readonly close?: Close;
  /** Whether a generator of `stream()` waits with `guard`. */
  readonly guarded?: true;
}

export type PlainKind =
  | "array"
  | "generator"
  | "asyncGenerator"
  /** A hand-written one, of which every iterator is a fresh one. */
  | "iterable"
  | "asyncIterable"
  /** A hand-written one that is its own iterable, as generators are. */
  | "iterableIterator"
  | "asyncIterableIterator"
  /** One with `next` alone, whose results may be there at once or later. */
  | "iterator"
  /** `stream(async function* ...)`. */
  | "stream"
  /** A `ReadableStream`. */
  | "web";

/** A stream made of another as it is: `from(stream)` or `iterable(() => ...)`. */
interface NestedSource {
  readonly is: "nested" | "lazily";
  readonly pipeline: Pipeline;
}

export interface JointSource {
  readonly is: "concat" | "zip" | "merge";
  readonly parts: readonly Pipeline[];
  readonly mode?: "shortest" | "longest" | "strict";
}

/** What one call of `next()` gives. */
export type Entry =
  /** An item, whose result is there at once, or later. */
  | { readonly give: Value; readonly wait?: Wait; readonly thenable?: true }
  /** A promise as the item of a synchronous source. */
  | { readonly item: Value; readonly wait: Wait; readonly thenable?: true }
  | { readonly badItem: ErrorName; readonly wait: Wait }
  /** A failure of the source itself. */
  | { readonly reject: ErrorName; readonly wait: Wait }
  | { readonly throw: ErrorName }
  | { readonly odd: OddResult }
  | { readonly end: Wait | null };

/** No object; one with a getter that throws; or an end whose `done` is another truth. */
export type OddResult = "result" | "done" | "value" | "truthy";

/** `null` is `undefined`, which JSON does not have. */
export type Value = number | null;

/** What `return()` does, or the `finally` of a generator. */
export interface Close {
  readonly missing?: true;
  readonly wait?: Wait;
  readonly error?: ErrorName;
}

/** Which call of a function fails, or all with items of this number, and with what. */
export interface Fault {
  readonly at: number;
  readonly byItem?: true;
  readonly error: ErrorName;
}

/** A function that the library calls. */
export interface Callback {
  readonly name: string;
  /** How long its calls take, counted round; `null` is no promise at all. */
  readonly waits: readonly (Wait | null)[];
  readonly thenable?: true;
  readonly fault?: Fault;
  /** Which call closes the stream, from inside. */
  readonly leaves?: number;
  /** What it answers; a number that has no meaning of its own. */
  readonly rule: number;
}

/** What a callback gives to go on with, by the number of its call, counted round. */
export type Inner =
  { readonly pipeline: Pipeline } | { readonly odd: OddInner };

/** What is nothing to go on with. */
export type OddInner = "nothing" | "number" | "null" | "string" | "object";

export type Step =
  | {
      readonly do: "map" | "filter" | "tap" | "takeWhile" | "dropWhile";
      readonly callback: Callback;
    }
  | {
      readonly do: "scan";
      readonly callback: Callback;
      readonly initial?: number;
    }
  | { readonly do: "take" | "drop"; readonly count: number }
  | { readonly do: "chunks" | "windows" | "buffered"; readonly size: number }
  | { readonly do: "indexed" }
  | {
      readonly do: "flatMap" | "catch";
      readonly callback: Callback;
      readonly inners: readonly Inner[];
    }
  | {
      readonly do: "onClose";
      readonly callback: Callback;
      readonly before?: true;
    };

/** The first items are read by hand, or through a view; the rest is a stream again. */
export interface Header {
  readonly by: "next" | "borrow";
  readonly count: number;
  /** The steps of the view. */
  readonly view: readonly Step[];
  /** The steps of the rest. */
  readonly steps: readonly Step[];
}

export type Consumer =
  | {
      readonly by: "for await" | "web";
      readonly waits: readonly (Wait | null)[];
      readonly stop?: {
        readonly at: number;
        readonly how: "break" | "return" | "throw";
        readonly error: ErrorName;
      };
    }
  | { readonly by: "toArray" }
  | {
      readonly by: "forEach" | "find" | "some" | "every";
      readonly callback: Callback;
    }
  | {
      readonly by: "reduce";
      readonly callback: Callback;
      readonly initial?: number;
    }
  /** Nothing but the acts. */
  | { readonly by: "calls" }
  | { readonly by: "tee"; readonly branches: readonly Branch[] };

export interface Branch {
  readonly steps: readonly Step[];
  readonly consumer: Exclude<Consumer, { by: "calls" | "tee" }>;
}

/** Calls of `next()`, as many at once as the number says; or something else. */
export type Act = number | "release" | "return" | "throw" | "dispose" | "abort";
