import type {
  Close,
  Entry,
  PlainKind,
  PlainSource,
  Value,
} from "../program.ts";
import type { Frame } from "./frame.ts";

/** Those whose results are there at once, though their items may be promises. */
const SYNCHRONOUS: ReadonlySet<PlainKind> = new Set<PlainKind>([
  "array",
  "generator",
  "iterable",
  "iterableIterator",
]);
const HAND_WRITTEN: ReadonlySet<PlainKind> = new Set<PlainKind>([
  "iterable",
  "asyncIterable",
  "iterableIterator",
  "asyncIterableIterator",
  "iterator",
]);

/** Makes a source that is not made of others. */
export function generateSource(frame: Frame, isInner: boolean): PlainSource {
  const { random } = frame;
  const is = generateKind(frame, isInner);
  const length = random.below(isInner ? 4 : 7);
  const entries = random.list(length, () => generateEntry(frame, is));
  if (is !== "array" && frame.faults(0.2)) {
    entries.push(generateFailure(frame, is));
  }
  if (!SYNCHRONOUS.has(is) && HAND_WRITTEN.has(is) && random.chance(0.3)) {
    entries.push({ end: frame.wait() });
  }
  const isFactory = is === "iterable" || is === "asyncIterable";
  const close = generateClose(frame, is);
  const isGuarded = is === "stream" && random.chance(0.5);
  return {
    is,
    name: frame.name(),
    entries,
    ...(isFactory && frame.faults(0.05)
      ? { open: random.chance(0.3) ? ("odd" as const) : frame.error() }
      : {}),
    ...(close === undefined ? {} : { close }),
    ...(isGuarded ? { guarded: true as const } : {}),
  };
}

function generateKind(frame: Frame, isInner: boolean): PlainKind {
  const isSynchronous = frame.isSynchronous;
  return frame.random.pick<PlainKind>({
    array: isInner ? 4 : 2,
    generator: 2,
    iterable: 2,
    iterableIterator: 1,
    asyncGenerator: isSynchronous ? 0 : 3,
    asyncIterable: isSynchronous ? 0 : 2,
    asyncIterableIterator: isSynchronous ? 0 : 1,
    iterator: isSynchronous ? 0 : 2,
    stream: isSynchronous ? 0 : 2,
    web: isSynchronous ? 0 : 1,
  });
}

function generateEntry(frame: Frame, is: PlainKind): Entry {
  const { random } = frame;
  const value: Value = random.chance(0.05) ? null : random.below(10);
  if (frame.isSynchronous || random.chance(0.6)) return { give: value };
  const isThenable = HAND_WRITTEN.has(is) && random.chance(0.1);
  const thenable = isThenable ? { thenable: true as const } : {};
  if (SYNCHRONOUS.has(is) || (is === "iterator" && random.chance(0.4))) {
    return frame.faults(0.05)
      ? { badItem: frame.error(), wait: frame.wait() }
      : { item: value, wait: frame.wait(), ...thenable };
  }
  return { give: value, wait: frame.wait(), ...thenable };
}

/** How a source fails by itself, after its items. */
function generateFailure(frame: Frame, is: PlainKind): Entry {
  const { random } = frame;
  if (HAND_WRITTEN.has(is) && random.chance(0.2)) {
    return { odd: random.pick({ result: 1, done: 1, value: 1, truthy: 1 }) };
  }
  const isThrown = SYNCHRONOUS.has(is) || (is !== "web" && random.chance(0.3));
  return isThrown
    ? { throw: frame.error() }
    : { reject: frame.error(), wait: frame.wait() };
}

function generateClose(frame: Frame, is: PlainKind): Close | undefined {
  const { random } = frame;
  if (is === "array") return undefined;
  if (HAND_WRITTEN.has(is) && random.chance(0.1)) return { missing: true };
  // Whether it is still open when it is left depends on what was loaded ahead.
  const error = frame.isLinear && frame.faults(0.3) ? frame.error() : undefined;
  const hasWait =
    is !== "generator" && !frame.isSynchronous && random.chance(0.4);
  return {
    ...(hasWait ? { wait: frame.wait() } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
