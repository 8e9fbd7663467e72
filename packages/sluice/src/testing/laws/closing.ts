import { sleep } from "../../task/sleep.ts";
import { claim, claimSame } from "./claim.ts";
import type { LawPlan } from "./law.ts";
import type { LawCallback, Subject } from "./subject.ts";
import {
  catchFrom,
  CLOSE_DELAY,
  CLOSE_GRACE,
  leaveWhileAsking,
  tryOut,
  type Answer,
  type Conditions,
  type Trial,
} from "./trial.ts";

/** What an operator promises to those who leave it. */
export const closingLaws: readonly LawPlan[] = [
  {
    title: "closes its source once, and waits for it, when a loop breaks off",
    check: (subject) =>
      tryOut(subject, SLOW_TO_CLOSE, async (trial) => {
        await walk(trial, () => true);

        trial.claimClosed();
        await trial.claimOver();
      }),
  },
  {
    title:
      "closes its source once, and waits for it, when a loop's body throws",
    check: (subject) =>
      tryOut(subject, SLOW_TO_CLOSE, async (trial) => {
        const reason = new Error("thrown by the body");
        const thrown = walk(trial, () => {
          throw reason;
        });

        claimSame(await catchFrom(thrown), reason, "what the loop threw");
        trial.claimClosed();
      }),
  },
  {
    title: "closes its source once, and waits for it, when it is disposed of",
    check: (subject) =>
      tryOut(subject, SLOW_TO_CLOSE, async (trial) => {
        await trial.readEnough();
        await dispose(trial);

        trial.claimClosed();
        await trial.claimOver();
      }),
  },
  {
    title: "closes its source once, however often it is left",
    check: (subject) =>
      tryOut(subject, SLOW_TO_CLOSE, async (trial) => {
        await trial.readEnough();
        await Promise.all([trial.leave(), trial.leave()]);
        await trial.leave();

        trial.claimClosed();
      }),
  },
  {
    title:
      "closes a source that is there, when it is left before its first next()",
    binds: isNoGenerator,
    check: (subject) =>
      tryOut(
        subject,
        { ...SLOW_TO_CLOSE, form: "async-iterator" },
        async (trial) => {
          await trial.leave();

          trial.claimClosed();
          await trial.claimOver();
        },
      ),
  },
  {
    title:
      "makes no source to close it, when it is left before its first next()",
    binds: ({ options }) => options.eager !== true,
    check: (subject) =>
      tryOut(subject, {}, async (trial) => {
        await trial.leave();
        await trial.claimOver();

        claimSame(trial.track.opened, 0, "how often its source was opened");
      }),
  },
  {
    title: "fails with what closing its source fails with",
    binds: ({ options }) => options.borrows !== true,
    check: claimFailsAsClosing,
  },
  {
    title: "can be left while its source is silent: next() is answered at once",
    binds: isNoGenerator,
    check: (subject) =>
      tryOut(
        subject,
        { ...SLOW_TO_CLOSE, count: subject.inputCount, stuck: true },
        async (trial) => {
          await trial.readEnough();
          await leaveWhileAsking(trial);

          trial.claimClosed();
          await trial.claimOver();
        },
      ),
  },
  {
    title: "gives up a source that does not close in time, and reports it",
    binds: ({ options }) =>
      options.borrows !== true && options.isGenerator !== true,
    check: claimGivesUp,
  },
  {
    title: "can be left while its callback is under way, and waits for it",
    binds: (subject) => subject.takesCallback && isNoGenerator(subject),
    check: claimWaitsForCallback,
  },
];

const SLOW_TO_CLOSE = { closeDelay: CLOSE_DELAY };

function isNoGenerator({ options }: Subject): boolean {
  return options.isGenerator !== true;
}

/** Goes through an operator in a loop, until there is enough. */
async function walk(
  { iterator, subject }: Trial,
  isEnough: () => boolean,
): Promise<void> {
  let count = 0;
  for await (const _ of { [Symbol.asyncIterator]: () => iterator }) {
    if (++count === subject.outputCount && isEnough()) break;
  }
}

/** Disposes of an operator as the platform does, which gives an iterator of its own what return() does. */
async function dispose(trial: Trial): Promise<void> {
  const iterator: object = trial.iterator;
  const { [Symbol.asyncDispose]: method }: Partial<AsyncDisposable> = iterator;
  await (method?.call(iterator) ?? trial.leave());
}

async function claimFailsAsClosing(subject: Subject): Promise<void> {
  const reason = new Error("thrown by closing");
  const conditions = { ...SLOW_TO_CLOSE, closeError: reason };
  await tryOut(subject, conditions, async (trial) => {
    await trial.readEnough();

    const error = await catchFrom(trial.leave());
    claimSame(error, reason, "what return() threw");
    await trial.claimOver();
  });
}

async function claimGivesUp(subject: Subject): Promise<void> {
  await claimGivesUpIf(subject, { onReturn: "ignore", closeStuck: true });
  await claimGivesUpIf(subject, { onReturn: "queue" });
}

async function claimGivesUpIf(
  subject: Subject,
  behaviour: Conditions,
): Promise<void> {
  await tryOut(
    subject,
    { ...behaviour, count: subject.inputCount, stuck: true },
    async (trial) => {
      const { clock, reports } = trial;
      await trial.readEnough();
      const before = clock.now();
      await leaveWhileAsking(trial);

      claimSame(clock.now() - before, CLOSE_GRACE, "how long it waited, in ms");
      claimSame(reports.length, 1, "how many reports there were");
    },
  );
}

async function claimWaitsForCallback(subject: Subject): Promise<void> {
  let running = 0;
  const signals: AbortSignal[] = [];
  const callback: LawCallback = async (value, context) => {
    running++;
    if (context?.signal !== undefined) signals.push(context.signal);
    await sleep(CLOSE_DELAY);
    running--;
    return value;
  };
  await tryOut(subject, { callback }, async (trial) => {
    const asked = await askUntil(trial, () => running > 0);
    const leaving = trial.leave();
    await trial.clock.waitUntilIdle();
    claimSame(asked.state, "done", "the call of next(), once it was left");
    claim(
      signals.every(({ aborted }) => aborted),
      "the signal of its callback has not aborted",
    );
    await leaving;

    claimSame(running, 0, "calls of its callback that go on");
    trial.claimClosed();
  });
}

/** Asks for items until something has come of it. */
async function askUntil(
  trial: Trial,
  isEnough: () => boolean,
): Promise<Answer> {
  let asked = trial.ask();
  for (let step = 0; step < 100 && !isEnough(); step++) {
    await sleep(1);
    if (asked.state === "item") asked = trial.ask();
  }
  claim(isEnough(), "it did not call its callback");
  return asked;
}
