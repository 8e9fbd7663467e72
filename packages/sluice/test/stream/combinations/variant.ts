import { from, type Stream } from "sluice";
import {
  tracked,
  type LawfulOperator,
  type OperatorLawsOptions,
  type Track,
  type TrackedBehaviour,
} from "sluice/testing";

/** What the other sources of a combination do, beside the one that is tested. */
export type Others = "silent" | "ended" | "items";

/** One other source: its items, and how it behaves. */
export interface Other extends TrackedBehaviour {
  readonly items: Iterable<number>;
}

/** An operator of several sources. */
export interface Combination {
  /** As its row of the matrix is called. */
  readonly name: string;
  readonly combine: Combine;
  /** What comes of it beside others of each kind. */
  readonly beside: Readonly<Record<Others, Lawful | Lawless>>;
  /** What comes of it when the tested source fails at once. */
  readonly whenOneFails: (others: Others, place: number) => Fate;
  /** Whether it asks all its sources at once; one after the other if not. */
  readonly asksAll: boolean;
}

type Combine = (sources: readonly AsyncIterable<number>[]) => Stream<unknown>;

/** Where others of a kind keep it from giving what the laws go by. */
export interface Lawless {
  readonly says: string;
  /** What comes of `next()` where the tested source has an item. */
  readonly gives: (
    place: number,
  ) => "an item" | "the end" | "an error" | "nothing";
}

/** Whether it fails with the error, ends without it, or never comes to it. */
type Fate = "fails" | "ends" | "waits";

/** How the laws are kept beside some others. */
export interface Lawful {
  /** What a cell says of that. */
  readonly says: string;
  /** The others, in order. */
  readonly others: (count: number) => readonly Other[];
  readonly options?: (
    place: number,
    others: readonly Other[],
  ) => OperatorLawsOptions;
  /** The titles of laws that do not bind it, as the others come first. */
  readonly unbound?: (
    place: number,
    others: readonly Other[],
  ) => readonly string[];
}

/** A combination with so many sources, of which one is tested, as one operator. */
export interface Variant {
  readonly title: string;
  /** Makes the operator, and keeps the tracks of the other sources that it makes. */
  readonly create: (tracks: Track[]) => LawfulOperator;
  readonly options: OperatorLawsOptions;
  readonly unbound: readonly string[];
}

/** Longer than any law waits for, but not for ever: then the silence ends. */
export const HOUR_MS = 3_600_000;

export const SILENT: Other = { items: [], delay: HOUR_MS };
export const ENDED: Other = { items: [] };

/** Lists each number of sources, and each place that one of them has. */
export function listPlaces(): { readonly count: number; place: number }[] {
  return [2, 3].flatMap((count) =>
    Array.from({ length: count }, (_, place) => ({ count, place })),
  );
}

/** Lists all that the laws are run with. */
export function listVariants(
  { combine, beside }: Combination,
  kind: Others,
): Variant[] {
  const how = beside[kind];
  if (!("others" in how)) return [];
  return listPlaces().map(({ count, place }) => {
    const others = how.others(count - 1);
    return {
      title: `${ORDINALS[place]} of ${count}, others ${kind}`,
      create: (tracks) => (source) =>
        combine(
          putIn(
            source,
            place,
            others.map((other) => track(other, tracks)),
          ),
        ),
      options: { ...how.options?.(place, others), combines: true },
      unbound: how.unbound?.(place, others) ?? [],
    };
  });
}

/** Puts a source in at its place among others. */
export function putIn<T>(source: T, place: number, others: readonly T[]): T[] {
  return others.toSpliced(place, 0, source);
}

function track(
  { items, ...behaviour }: Other,
  tracks: Track[],
): Stream<number> {
  const [source, track] = tracked(items, behaviour);
  tracks.push(track);
  return from(source);
}

export const ORDINALS = ["first", "second", "third"] as const;
