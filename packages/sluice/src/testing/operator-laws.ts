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

export function operatorLaws(
  operator: LawfulOperator,
  options: OperatorLawsOptions = {},
): readonly Law[] {
  const subject = new Subject(operator, options);
  return plans
    .filter(({ binds }) => binds?.(subject) ?? true)
    .map(({ title, check }) => ({ title, check: () => check(subject) }));
}
