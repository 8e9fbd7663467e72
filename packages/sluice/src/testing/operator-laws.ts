import { closingLaws } from "./laws/closing.ts";
import { failingLaws } from "./laws/failing.ts";
import type { Law, LawPlan } from "./laws/law.ts";
import { readingLaws } from "./laws/reading.ts";
import {
  Subject,
  type LawfulOperator,
  type OperatorLawsOptions,
} from "./laws/subject.ts";

const plans: readonly LawPlan[] = [
  ...readingLaws,
  ...closingLaws,
  ...failingLaws,
];

/**
 * Gives what every operator promises, each with a check, for any runner of tests.
 *
 * Each check calls the operator with a source of its own, a stream of the numbers
 * 1, 2, 3 and so on, and reads what it gives: any async iterator, or what has one.
 * It finds whether the operator opens its source late, and reads no further than it
 * should; whether it closes its source once, and waits for that, however it ends:
 * left early, failed, aborted, disposed of, or never read; whether it keeps the order
 * of its items; whether it can be left while its source is silent; whether failures
 * pass through it as they are; and whether it leaves a timer, a listener or an
 * unhandled rejection behind.
 *
 * An operator with a second parameter is taken to have a callback: it is to call the
 * one it is given for each item, with whatever context it gives to callbacks, and is
 * bound by the laws of callbacks too. It must give at least three items for the first
 * twelve, and more after its second.
 *
 * The checks run in the time of a {@linkcode virtualClock}: they never wait, and must
 * run one after the other. What hangs fails with a `DeadlockError`.
 *
 * Source: TC39, async iterator helpers, and our own rules of closing.
 *
 * @param operator Makes what it is to make of a source, and, if it has one, with a
 * callback.
 * @param options What is to be expected of it.
 * @returns The laws that bind it. Nothing has run.
 * @throws {TypeError} If the operator is not a function, or the interval no number.
 * @throws {RangeError} If it gives too little to be checked.
 *
 * @example Check an operator of your own
 * ```ts
 * import type { Stream } from "sluice";
 * import { operatorLaws } from "sluice/testing";
 *
 * function pairs<T>(source: Stream<T>): Stream<T[]> {
 *   return source.windows(2);
 * }
 *
 * const laws = operatorLaws(pairs, {
 *   gives: (items) => items.slice(1).map((item, index) => [items[index], item]),
 * });
 *
 * // In a test file: for (const { title, check } of laws) it(title, check);
 * for (const { check } of laws) await check();
 * ```
 *
 * @example Check one that has a callback
 * ```ts
 * import { operatorLaws } from "sluice/testing";
 *
 * for (const { check } of operatorLaws((source, callback) => source.map(callback))) {
 *   await check();
 * }
 * ```
 */
export function operatorLaws(
  operator: LawfulOperator,
  options: OperatorLawsOptions = {},
): readonly Law[] {
  const subject = new Subject(operator, options);
  return plans
    .filter(({ binds }) => binds?.(subject) ?? true)
    .map(({ title, check }) => ({ title, check: () => check(subject) }));
}
