import type { Stream, StreamOptions } from "sluice";
import { tracked, type TrackedForms } from "sluice/testing";

/** What becomes of a source after its second item. */
export type Nature =
  /** It goes on. */
  | "endless"
  /** It ends. */
  | "finite"
  /** It fails with `FAILURE`. */
  | "failing"
  /** It gives nothing more, and can be closed. */
  | "silent"
  /** It gives nothing more, and what closes it waits for ever. */
  | "stuck";

/** What can be said of a source, if it can be made so. */
export type Ability = Nature | "closing";

/** A source of some nature, and what can be seen of it from outside. */
export interface Specimen {
  readonly stream: Stream<unknown>;
  /** Gives it its items, once it is being read. */
  readonly feed?: () => void;
  /** How often what is behind it was opened. */
  readonly opened?: () => number;
  /** How often what is behind it was closed. */
  readonly closed?: () => number;
  /** What it has left behind somewhere, such as listeners. */
  readonly leftovers?: () => number;
}

/** One source, with all that its row of the table is made of. */
export interface SourceRow {
  /** How it is called. */
  readonly name: string;
  /** What it waits for, besides its next item. */
  readonly waits: string;
  /** What it holds, besides the item at hand. */
  readonly holds: string;
  readonly create: (nature: Nature, options: StreamOptions) => Specimen;
  /** Why it cannot be so. */
  readonly cannot?: Readonly<Partial<Record<Ability, string>>>;
  /** What leaving it does before it was read: it is closed, or was never opened. */
  readonly unread?: "closed" | "not opened";
  /** What it leaves behind that is not the library's; nothing if absent. */
  readonly leaves?: string;
  readonly heap: SourceHeap;
}

/** How the memory of a source is measured. */
interface SourceHeap {
  /** Makes one that goes on for ever and keeps nothing itself. */
  readonly create: () => {
    readonly stream: Stream<unknown>;
    /** Gives it an item, once it has been asked. */
    readonly feed?: () => void;
  };
  /** How many items are read; a million if absent. */
  readonly count?: number;
  /** Whether time is to pass for it. */
  readonly takesTime?: boolean;
}

export const FAILURE = new Error("of the source");

/** Makes a source of some nature that is tracked. */
export function createTracked<F extends keyof TrackedForms<unknown>>(
  form: F,
  nature: Nature,
  makeStream: (source: TrackedForms<unknown>[F]) => Stream<unknown>,
): Specimen {
  const items: Iterable<unknown> = nature === "endless" ? countUp() : [1, 2];
  const [source, track] = tracked<unknown, F>(items, {
    form,
    ...(nature === "failing" && { error: FAILURE }),
    ...(nature === "silent" && { stuck: true }),
    ...(nature === "stuck" && { stuck: true, closeStuck: true }),
  });
  return {
    stream: makeStream(source),
    opened: () => track.opened,
    closed: () => track.closed,
  };
}

/** 1, 2, 3 and so on, without holding anything. */
export function* countUp(): Generator<number, undefined> {
  for (let item = 1; ; item++) yield item;
}

/** What is never there. */
export const NEVER: Promise<never> = new Promise<never>(() => {});
