import {
  Callbacks,
  judge,
  toNumber,
  type CallbackBehaviour,
} from "./kit/callbacks.ts";
import { Driver } from "./kit/drive.ts";
import { Errors } from "./kit/errors.ts";
import { Show } from "./kit/show.ts";
import { Sources } from "./kit/sources.ts";
import { Waits } from "./kit/waits.ts";
import type { Wait } from "./program.ts";

/** As much of a library as the kit itself uses. */
export interface KitLibrary {
  readonly errorContext: (error: unknown) => unknown;
  readonly stream: ConstructorParameters<typeof Sources>[2];
}

/** The functions that written programs use, and what they have noted. */
export type Kit = ReturnType<typeof createKit>;

export function createKit({ errorContext, stream }: KitLibrary) {
  const log: string[] = [];
  const breaches: string[] = [];
  const late = new Set<string>();
  const notes = {
    note: (event: string) => void log.push(event),
    breach: (what: string) => void breaches.push(what),
  };
  const errors = new Errors();
  const waits = new Waits();
  const show = new Show(errors, errorContext, late);
  const sources = new Sources(notes, { errors, waits }, stream);
  const controller = new AbortController();
  const activity = { isClosed: false, running: 0, leave: () => undefined };
  const means = { errors, waits };
  const driver = new Driver(notes, means, show, controller, activity);
  const callbacks = new Callbacks(notes, means, show, activity);
  return {
    log,
    breaches,
    /** The names of errors that nobody could be given any more. */
    late,
    /** Looks, when all is over, for sources that were not closed. */
    check: () => sources.check(),
    signal: controller.signal,
    drive: driver.drive.bind(driver),
    error: errors.get.bind(errors),
    name: show.error.bind(show),
    report: (error: unknown) => show.report(error),
    source: sources.create.bind(sources),
    seen: (item: unknown) => notes.note(`got ${show.value(item)}`),
    /** Waits for all, and tells how each of them went. */
    outcomes: async (parts: readonly Promise<unknown>[]) =>
      (await Promise.allSettled(parts)).map((part) =>
        part.status === "fulfilled"
          ? part.value
          : { status: "error", error: part.reason as unknown },
      ),
    /** Waits in turn as long as the waits say; `null` is not at all. */
    pauses: (lengths: readonly (Wait | null)[]) => {
      let calls = 0;
      return async () => {
        const wait = lengths[calls++ % lengths.length] ?? null;
        if (wait !== null) await waits.pass(wait);
      };
    },
    mapping: (name: string, rule: number, behaviour?: CallbackBehaviour) =>
      callbacks.create(
        name,
        ([value]) => (toNumber(value) * 3 + rule) % 10,
        behaviour,
      ),
    predicate: (name: string, rule: number, behaviour?: CallbackBehaviour) =>
      callbacks.create(name, ([value]) => judge(value, rule), behaviour),
    folding: (name: string, rule: number, behaviour?: CallbackBehaviour) =>
      callbacks.create(
        name,
        ([result, value]) => (toNumber(result) + toNumber(value) + rule) % 10,
        behaviour,
      ),
    visiting: (name: string, behaviour?: CallbackBehaviour) =>
      callbacks.create(name, () => undefined, behaviour),
    giving: (
      name: string,
      makers: readonly (() => unknown)[],
      behaviour?: CallbackBehaviour,
    ) =>
      callbacks.create(
        name,
        (_, call) => makers[call % makers.length]?.(),
        behaviour,
      ),
  };
}
