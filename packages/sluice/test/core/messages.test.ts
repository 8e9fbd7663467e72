import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  aclose,
  aiter,
  anext,
  asyncExit,
  asyncGenerator,
  asyncWith,
  BusyError,
  CancelledError,
  ClosedError,
  GeneratorError,
  Semaphore,
  sleep,
  StopAsyncIteration,
  TaskGroup,
  TaskGroupError,
  timeout,
  timeoutAt,
  TimeoutError,
} from "sluice";

const pages = asyncGenerator(async function* pages(): AsyncGenerator<
  number,
  void,
  unknown
> {
  yield 1;
  throw new StopAsyncIteration();
});

async function* unruly(): AsyncGenerator<number, void, undefined> {
  try {
    yield 1;
  } finally {
    yield 2;
  }
}

/** What is wrong, what comes of it, and the words for it. */
const cases: [
  string,
  () => unknown,
  new (...args: never[]) => Error,
  string,
][] = [
  [
    "a group that is entered again",
    async () => {
      const group = await asyncWith(new TaskGroup(), (group) => group);
      await asyncWith(group, () => undefined);
    },
    TypeError,
    "Cannot enter the task group: it is exited; it serves once",
  ],
  [
    "a group that is exited before it is entered",
    () => new TaskGroup()[asyncExit]({ status: "ok" }),
    TypeError,
    "Cannot exit the task group: it is not entered; it serves once",
  ],
  [
    "a task before its group is entered",
    () => new TaskGroup().spawn(() => undefined),
    ClosedError,
    "Cannot spawn in the task group: it is not entered",
  ],
  [
    "a task after its group has ended",
    async () => {
      const group = await asyncWith(new TaskGroup(), (group) => group);
      group.spawn(() => undefined);
    },
    ClosedError,
    "Cannot spawn in the task group: it is exited",
  ],
  [
    "two failures",
    () => Promise.reject(new TaskGroupError([1, 2])),
    TaskGroupError,
    "Cannot go on with the task group: 2 failed",
  ],
  [
    "a cancellation without a reason",
    () => Promise.reject(new CancelledError()),
    CancelledError,
    "Cannot go on: it was cancelled",
  ],
  [
    "a deadline that passed",
    () =>
      asyncWith(timeout(1), (deadline) => {
        vi.advanceTimersByTime(1);
        return deadline.guard(new Promise(() => {}));
      }),
    TimeoutError,
    "Cannot go on: the deadline passed",
  ],
  [
    "a timeout that is entered again",
    async () => {
      const manager = timeout(1);
      await asyncWith(manager, () => asyncWith(manager, () => undefined));
    },
    TypeError,
    "Cannot enter the timeout: it is entered; it serves once",
  ],
  [
    "a deadline that is set too late",
    async () => {
      const deadline = await asyncWith(timeout(1), (deadline) => deadline);
      deadline.reschedule(null);
    },
    ClosedError,
    "Cannot reschedule the timeout: it is over",
  ],
  [
    "a time that is a string",
    () => timeout("1" as never),
    TypeError,
    'Cannot wait for "1" ms: it is not a number',
  ],
  [
    "a moment that is not a number",
    () => timeoutAt(NaN),
    TypeError,
    "Cannot wait for NaN ms: it is not a number",
  ],
  [
    "a sleep of an object's length",
    () => sleep({} as never),
    TypeError,
    "Cannot wait for the object ms: it is not a number",
  ],
  [
    "a semaphore without permits",
    () => new Semaphore(0),
    RangeError,
    "Cannot make a semaphore of 0: it is not 1 or more",
  ],
  [
    "a semaphore that is exited before it is entered",
    () => {
      new Semaphore(1)[asyncExit]();
    },
    TypeError,
    "Cannot exit the semaphore: it is not entered",
  ],
  [
    "what has no iterator",
    () => aiter("letters" as never),
    TypeError,
    'Cannot iterate over "letters": it is not an async iterable',
  ],
  [
    "an iterator that gives a number",
    () => anext({ next: () => 1 } as never),
    TypeError,
    "Cannot iterate on 1: it is no result",
  ],
  [
    "an iterator that has ended",
    () => anext({ next: () => ({ done: true }) } as never),
    StopAsyncIteration,
    "Cannot go on: the iteration has ended",
  ],
  [
    "a function that gives no generator",
    () =>
      asyncGenerator(function pages() {
        return 1;
      } as never)(),
    TypeError,
    "Cannot make a generator with 'pages': it is not async function*",
  ],
  [
    "a value that is sent too early",
    () => pages().asend("too early"),
    TypeError,
    "Cannot go on with the generator 'pages': it is not started",
  ],
  [
    "a generator that is called twice at once",
    async () => {
      const generator = pages();
      await Promise.all([generator.asend(undefined), generator.aclose()]);
    },
    BusyError,
    "Cannot go on with the generator 'pages': it is running",
  ],
  [
    "a generator that throws StopAsyncIteration",
    async () => {
      const generator = pages();
      await generator.next();
      await generator.next();
    },
    GeneratorError,
    "Cannot go on with the generator 'pages': it threw StopAsyncIteration",
  ],
  [
    "a generator that yields when it is closed",
    async () => {
      const generator = unruly();
      await generator.next();
      await aclose(generator);
    },
    GeneratorError,
    "Cannot close the generator: it yielded again",
  ],
];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the messages of tasks and generators", () => {
  it.each(cases)("tell of %s", async (_, run, Class, message) => {
    const result = (async () => run())();

    await expect(result).rejects.toThrow(Class);
    await expect(result).rejects.toHaveProperty("message", message);
  });
});
