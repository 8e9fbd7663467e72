import { sleep } from "../../task/sleep.ts";
import { claimSame } from "./claim.ts";
import type { LawPlan } from "./law.ts";
import { ITEMS, type LawCallback, type Subject } from "./subject.ts";
import {
  catchFrom,
  CLOSE_DELAY,
  leaveWhileAsking,
  LONG,
  tryOut,
  type Conditions,
  type Trial,
} from "./trial.ts";

/** What an operator promises where something fails, or a signal aborts. */
export const failingLaws: readonly LawPlan[] = [
  {
    title: "fails with what its source fails with, which it does not close",
    check: claimPassesFailures,
  },
  {
    title: "closes its source, and then fails with what its callback throws",
    binds: ({ takesCallback }) => takesCallback,
    check: (subject) =>
      claimClosesAndFails(subject, (reason) => {
        throw reason;
      }),
  },
  {
    title:
      "closes its source, and then fails with what its callback rejects with",
    binds: ({ takesCallback }) => takesCallback,
    check: (subject) =>
      claimClosesAndFails(subject, (reason) => Promise.reject(reason)),
  },
  {
    title: "fails with a signal's reason at once, and closes its source",
    binds: ({ options }) => options.combines !== true,
    check: (subject) => claimFailsBySignal(subject, "failed"),
  },
  {
    title: "fails with its source's signal's reason, once that is closed",
    binds: ({ options }) => options.combines === true,
    check: (subject) => claimFailsBySignal(subject, "waiting"),
  },
  {
    title: "closes its source when a signal aborts while nobody waits",
    check: (subject) =>
      tryOut(subject, SLOW_TO_CLOSE, async (trial) => {
        const reason = new Error("given to the signal");
        await trial.readEnough();
        trial.abort(reason);
        await sleep(CLOSE_DELAY);
        await trial.clock.waitUntilIdle();
        claimClosedBySignal(trial);

        const error = await catchFrom(trial.iterator.next());
        claimSame(error, reason, "what next() threw");
        await trial.claimOver();
      }),
  },
  {
    title:
      "fails with the reason of a signal that aborted before its first next()",
    check: (subject) =>
      tryOut(subject, { form: "async-iterator" }, async (trial) => {
        const reason = new Error("given to the signal");
        trial.abort(reason);

        const error = await catchFrom(trial.iterator.next());
        claimSame(error, reason, "what next() threw");
        await sleep(CLOSE_DELAY);
        await trial.clock.waitUntilIdle();
        trial.claimClosed();
        await trial.claimOver();
      }),
  },
  {
    title: "reports what its source fails with once it has been left",
    binds: ({ options }) =>
      options.borrows !== true && options.isGenerator !== true,
    check: claimReportsLateFailure,
  },
  {
    title: "leaves no listener, timer or unhandled rejection behind",
    check: claimLeavesNothing,
  },
];

const SLOW_TO_CLOSE = { closeDelay: CLOSE_DELAY };
const NOT_CLOSED = "how often its source was closed, which had failed";

async function claimPassesFailures(subject: Subject): Promise<void> {
  await claimPassesOn(subject, new Error("thrown by the source"));
  await claimPassesOn(subject, undefined);
}

async function claimPassesOn(subject: Subject, reason: unknown): Promise<void> {
  const conditions = { count: subject.inputCount, error: reason };
  await tryOut(subject, conditions, async (trial) => {
    const given: unknown[] = [];
    const error = await catchFrom(trial.readAll(given));

    claimSame(error, reason, "what it failed with");
    subject.claimGiven(given, subject.outputCount);
    claimSame(trial.track.returned, 0, NOT_CLOSED);
    await trial.claimOver();
  });
}

async function claimClosesAndFails(
  subject: Subject,
  fail: (reason: unknown) => Promise<never>,
): Promise<void> {
  const reason = new Error("thrown by the callback");
  let calls = 0;
  const callback: LawCallback = (value) =>
    ++calls === 3 ? fail(reason) : value;
  await tryOut(subject, { ...SLOW_TO_CLOSE, callback }, async (trial) => {
    const given: unknown[] = [];
    const error = await catchFrom(trial.readAll(given));

    claimSame(error, reason, "what it failed with");
    trial.claimClosed();
    subject.claimGiven(given, given.length);
    await trial.claimOver();
  });
}

async function claimReportsLateFailure(subject: Subject): Promise<void> {
  const reason = new Error("thrown by the source");
  const conditions: Conditions = {
    count: subject.inputCount,
    delay: Math.max(subject.interval, CLOSE_DELAY),
    error: reason,
    onReturn: "ignore",
  };
  await tryOut(subject, conditions, async (trial) => {
    await trial.readEnough();
    await leaveWhileAsking(trial);
    await sleep(LONG);

    const causes = trial.reports.map(({ cause }) => cause);
    claimSame(causes, [reason], "what was reported");
  });
}

/** @param stateAtOnce How the call of `next()` stands before the source has closed. */
async function claimFailsBySignal(
  subject: Subject,
  stateAtOnce: "failed" | "waiting",
): Promise<void> {
  const conditions: Conditions = {
    ...SLOW_TO_CLOSE,
    count: subject.inputCount,
    stuck: true,
  };
  await tryOut(subject, conditions, async (trial) => {
    await trial.readEnough();
    const reason = new Error("given to the signal");
    const answer = await trial.askInVain();
    trial.abort(reason);
    await trial.clock.waitUntilIdle();
    claimSame(answer.state, stateAtOnce, "the call of next(), at once");
    await sleep(CLOSE_DELAY);
    await trial.clock.waitUntilIdle();
    await trial.clock.waitUntilIdle();
    claimSame(answer.state, "failed", "the call of next()");
    claimSame(answer.value, reason, "what next() threw");

    claimClosedBySignal(trial);
    await trial.claimOver();
  });
}

/** Claims that it was closed by its own signal, also where the operator would leave it open. */
function claimClosedBySignal({ track }: Trial): void {
  claimSame(track.returned, 1, "how often its source was told to close");
  claimSame(track.closed, 1, "how often its source has closed");
}

/** Whatever is left is found after each run of an operator. */
async function claimLeavesNothing(subject: Subject): Promise<void> {
  await tryOut(subject, {}, async (trial) => {
    await trial.readEnough();
    await trial.leave();
  });
  await tryOut(subject, { count: ITEMS.length }, async (trial) => {
    await trial.readAll();
  });
  const failing = { count: subject.inputCount, error: "of the source" };
  await tryOut(subject, failing, async (trial) => {
    await catchFrom(trial.readAll());
  });
}
