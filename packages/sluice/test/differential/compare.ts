import type { DifferenceName } from "./differences.ts";
import { WITHHELD } from "./ledger.ts";
import type { Chain, Link, Program, Result } from "./program.ts";
import type { PythonResult } from "./python.ts";

/** The named differences that a program shows; `undefined` if it shows another. */
export type Verdict = ReadonlySet<DifferenceName> | undefined;

/** Compares what a program did in Python with what it did here. */
export function compare(
  program: Program,
  python: PythonResult,
  ours: Result,
): Verdict {
  const { actual } = python;
  if (actual === null) return compareMended(python, ours);
  if (program.kind === "generators") return compareCalls(actual, ours);
  if (!isSameRun(actual, ours)) return undefined;
  return compareAllChains(actual, ours) ?? compareMended(python, ours);
}

/** Compares with what a program does in CPython with the mends. */
function compareMended(
  { actual, reference, mends = [] }: PythonResult,
  ours: Result,
): Verdict {
  if (reference === undefined || !isSameRun(reference, ours)) return undefined;
  const differences = compareAllChains(reference, ours);
  const mended = mends.map((mend) =>
    mend === "nested-stack" ? nameStackDifference(actual) : mend,
  );
  return differences && new Set([...mended, ...differences]);
}

function nameStackDifference(actual: Result | null): DifferenceName {
  if (actual === null) return "stack-endless";
  const isCircular = actual.chains.some((chain) =>
    chain.some(({ error }) => error.startsWith("circle ")),
  );
  return isCircular ? "stack-circle" : "stack-context";
}

function isSameRun(python: Result, ours: Result): boolean {
  return (
    python.outcome === ours.outcome &&
    python.log.join("\n") === ours.log.join("\n") &&
    python.chains.length === ours.chains.length
  );
}

function compareAllChains(python: Result, ours: Result): Verdict {
  const found = new Set<DifferenceName>();
  const equal = python.chains.every((chain, index) =>
    compareChains(chain, ours.chains[index] ?? [], found),
  );
  return equal ? found : undefined;
}

/** Whether two chains are equal but for named differences, which it notes. */
function compareChains(
  python: Chain,
  ours: Chain,
  found: Set<DifferenceName>,
): boolean {
  const links = passOverSignals(python);
  if (links.length < python.length) found.add("stop-signal");
  return (
    links.length === ours.length &&
    links.every((link, index) => {
      const own = ours[index];
      if (link.error !== own?.error) return false;
      // What is withheld is not shown.
      const cause = own.cause === WITHHELD ? null : own.cause;
      if (link.cause === cause) return true;
      const name = explainCause(link, own, ours[index + 1]?.error);
      if (name !== undefined) found.add(name);
      return name !== undefined;
    })
  );
}

const SIGNALS = new Set([
  "GeneratorExit",
  "StopIteration",
  "StopAsyncIteration",
]);

/** Takes out the signals that end generators; what has one as its cause is shown the next. */
function passOverSignals(chain: Chain): Chain {
  const isError = ({ error }: Link) => !SIGNALS.has(error);
  return chain.filter(isError).map(({ error, cause }) => {
    if (cause === null || !SIGNALS.has(cause)) return { error, cause };
    const at = chain.findIndex((link) => link.error === error);
    const next = chain.slice(at + 1).find(isError);
    return { error, cause: next?.error ?? null };
  });
}

/** Names the difference between the cause that CPython shows for an error and ours. */
function explainCause(
  python: Link,
  ours: Link,
  context: string | undefined,
): DifferenceName | undefined {
  const isHidden =
    python.cause === null && python.error.startsWith("SLUICE_DID_NOT_YIELD");
  if (isHidden && ours.cause === context) return "did-not-yield-cause";
  const isCircle = ours.cause === WITHHELD && python.cause === context;
  return isCircle ? "cause-circle" : undefined;
}

const REFUSED_CLOSE = "aclose: error SLUICE_YIELDED_ON_CLOSE";

/** What calls on a generator that has ended give, in the library. */
const AFTER_END =
  /^(?:(?:asend|anext) after its end: error StopAsyncIteration|aclose after its end: nothing|athrow (E\d+) after its end: error \1)$/;

const PYTHON_THROW_AFTER_END =
  /^athrow E\d+ after its end: (?:nothing|error StopAsyncIteration)$/;

function compareCalls(
  { log: python, outcome }: Result,
  { log: ours, outcome: own }: Result,
): Verdict {
  if (outcome !== own) return undefined;
  const found = new Set<DifferenceName>();
  for (const [index, line] of ours.entries()) {
    const theirs = python[index] ?? "";
    if (line !== theirs) {
      if (!isThrowAfterEnd(theirs, line)) return undefined;
      found.add("throw-after-end");
    }
    if (line.startsWith(REFUSED_CLOSE))
      return compareRefusedClose(python, ours, index + 1, found);
  }
  return python.length === ours.length ? found : undefined;
}

function isThrowAfterEnd(python: string, ours: string): boolean {
  return (
    PYTHON_THROW_AFTER_END.test(python) &&
    AFTER_END.test(ours) &&
    nameCall(python) === nameCall(ours)
  );
}

function nameCall(line: string): string {
  return line.slice(0, line.indexOf(":"));
}

/** Compares what follows a close that was refused: ours with what it must be. */
function compareRefusedClose(
  python: readonly string[],
  ours: readonly string[],
  index: number,
  found: Set<DifferenceName>,
): Verdict {
  const rest = ours.slice(index);
  if (!rest.every((line) => AFTER_END.test(line))) return undefined;
  if (rest.join("\n") !== python.slice(index).join("\n"))
    found.add("refused-close");
  return found;
}
