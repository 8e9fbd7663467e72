import {
  asyncContextManager,
  asyncEnter,
  asyncExit,
  contextManager,
  enter,
  exit,
  type AsyncContextManager,
  type ContextManager,
  type Outcome,
} from "sluice";
import type { Ledger } from "./ledger.ts";
import type { ErrorAct, Exit, Manager } from "./program.ts";
import { drive, runAtOnce, wait, type Run } from "./run.ts";

/** What the exit of a manager needs of the interpreter. */
export interface Site {
  readonly ledger: Ledger;
  /** Does what an exit does; gives the act that is left to do. */
  leave(exit: Exit, outcome: Outcome): Run<ErrorAct>;
}

/** Makes the async manager of a program: of a class or of a generator. */
export function createAsyncManager(
  spec: Manager,
  site: Site,
): AsyncContextManager<string> {
  switch (spec.form) {
    case "class":
      return {
        [asyncEnter]: () => drive(begin(spec, site)),
        [asyncExit]: async (outcome) =>
          (await drive(site.leave(spec, outcome))) === "suppress",
      };
    case "catch":
      return asyncCatch(spec, site);
    case "finally":
      return asyncFinally(spec, site);
  }
}

/** Makes the sync manager of a program: of a class or of a generator. */
export function createManager(
  spec: Manager,
  site: Site,
): ContextManager<string> {
  switch (spec.form) {
    case "class":
      return {
        [enter]: () => runAtOnce(begin(spec, site)),
        [exit]: (outcome) =>
          runAtOnce(site.leave(spec, outcome)) === "suppress",
      };
    case "catch":
      return syncCatch(spec, site);
    case "finally":
      return syncFinally(spec, site);
  }
}

function* begin(spec: Manager, { ledger }: Site): Run<string> {
  ledger.note(`enter ${spec.id}`);
  if (spec.async) yield* wait(Promise.resolve());
  if (spec.enter === "raise") throw ledger.create();
  return spec.id;
}

/** What a generator that yielded again does first when it is closed. */
function close(spec: Manager, { ledger }: Site): void {
  ledger.note(`close ${spec.id}`);
  if (spec.close === "raise") throw ledger.create();
}

const OK = { status: "ok" } as const;

const asyncCatch = asyncContextManager(async function* (
  spec: Manager,
  site: Site,
): AsyncGenerator<string, void, void> {
  await drive(begin(spec, site));
  if (spec.enter === "neverYield") return;
  let act: ErrorAct | undefined;
  try {
    yield spec.id;
  } catch (error) {
    act = await drive(site.leave(spec, { status: "error", error }));
    if (act === "pass") throw error;
    if (act === "yieldInHandler") {
      try {
        yield "again";
      } finally {
        close(spec, site);
        if (spec.close === "yield") yield "on close";
      }
    }
  }
  act ??= await drive(site.leave(spec, OK));
  if (act === "yieldAgain") {
    try {
      yield "again";
    } finally {
      close(spec, site);
      if (spec.close === "yield") yield "on close";
    }
  }
});

const syncCatch = contextManager(function* (
  spec: Manager,
  site: Site,
): Generator<string, void, void> {
  runAtOnce(begin(spec, site));
  if (spec.enter === "neverYield") return;
  let act: ErrorAct | undefined;
  try {
    yield spec.id;
  } catch (error) {
    act = runAtOnce(site.leave(spec, { status: "error", error }));
    if (act === "pass") throw error;
    if (act === "yieldInHandler") {
      try {
        yield "again";
      } finally {
        close(spec, site);
        if (spec.close === "yield") yield "on close";
      }
    }
  }
  act ??= runAtOnce(site.leave(spec, OK));
  if (act === "yieldAgain") {
    try {
      yield "again";
    } finally {
      close(spec, site);
      if (spec.close === "yield") yield "on close";
    }
  }
});

const asyncFinally = asyncContextManager(async function* (
  spec: Manager,
  site: Site,
): AsyncGenerator<string, void, void> {
  await drive(begin(spec, site));
  if (spec.enter === "neverYield") return;
  let told: Outcome = OK;
  try {
    yield spec.id;
  } catch (error) {
    told = { status: "error", error };
    throw error;
  } finally {
    const act = await drive(site.leave(spec, told));
    // eslint-disable-next-line no-unsafe-finally -- it is how a generator suppresses by returning
    if (act === "suppress") return;
  }
});

const syncFinally = contextManager(function* (
  spec: Manager,
  site: Site,
): Generator<string, void, void> {
  runAtOnce(begin(spec, site));
  if (spec.enter === "neverYield") return;
  let told: Outcome = OK;
  try {
    yield spec.id;
  } catch (error) {
    told = { status: "error", error };
    throw error;
  } finally {
    const act = runAtOnce(site.leave(spec, told));
    // eslint-disable-next-line no-unsafe-finally -- it is how a generator suppresses by returning
    if (act === "suppress") return;
  }
});
