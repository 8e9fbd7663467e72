import { isThenable } from "../../core/thenable.ts";
import { CONTINUE, type Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { REDUCE } from "../sink/reduce.ts";
import { MAP } from "./map.ts";
import { TAP } from "./tap.ts";

/**
 * Two neighbours in one step: fewer calls of functions that the compiler does not
 * know, and a place of its own for each callback, where a lone hot pipeline is
 * compiled as one piece.
 */
const MAP_MAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const mapped = this.callback(value, this.context);
    return isThenable(mapped)
      ? holdFirst(this, mapped, value)
      : mapSecond(this, mapped);
  },
  back(this: Step, value) {
    return this.isSecond ? this.next.push(value) : mapSecond(this, value);
  },
};

const MAP_FILTER: Kind = {
  push(this: Step, value) {
    this.count++;
    const mapped = this.callback(value, this.context);
    return isThenable(mapped)
      ? holdFirst(this, mapped, value)
      : filterSecond(this, mapped);
  },
  back(this: Step, value) {
    return this.isSecond
      ? pass(this, value, this.held)
      : filterSecond(this, value);
  },
};

const FILTER_MAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const passes = this.callback(value, this.context);
    if (passes === true) return mapSecond(this, value);
    if (passes === false) return CONTINUE;
    if (isThenable(passes)) return holdFirst(this, passes, value);
    return passes ? mapSecond(this, value) : CONTINUE;
  },
  back(this: Step, value) {
    if (this.isSecond) return this.next.push(value);
    return value ? mapSecond(this, this.held) : CONTINUE;
  },
};

const FILTER_FILTER: Kind = {
  push(this: Step, value) {
    this.count++;
    const passes = this.callback(value, this.context);
    if (passes === true) return filterSecond(this, value);
    if (passes === false) return CONTINUE;
    if (isThenable(passes)) return holdFirst(this, passes, value);
    return passes ? filterSecond(this, value) : CONTINUE;
  },
  back(this: Step, value) {
    if (this.isSecond) return pass(this, value, this.held);
    return value ? filterSecond(this, this.held) : CONTINUE;
  },
};

const MAP_TAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const mapped = this.callback(value, this.context);
    return isThenable(mapped)
      ? holdFirst(this, mapped, value)
      : tapSecond(this, mapped);
  },
  back(this: Step, value) {
    return this.isSecond ? this.next.push(this.held) : tapSecond(this, value);
  },
};

const TAP_MAP: Kind = {
  push(this: Step, value) {
    this.count++;
    const seen = this.callback(value, this.context);
    return isThenable(seen)
      ? holdFirst(this, seen, value)
      : mapSecond(this, value);
  },
  back(this: Step, value) {
    return this.isSecond ? this.next.push(value) : mapSecond(this, this.held);
  },
};

const MAP_REDUCE: Kind = {
  ...REDUCE,
  push(this: Step, value) {
    this.count++;
    const mapped = this.callback(value, this.context);
    return isThenable(mapped)
      ? holdFirst(this, mapped, value)
      : reduceSecond(this, mapped);
  },
  back(this: Step, value) {
    return this.isSecond ? keep(this, value) : reduceSecond(this, value);
  },
};

const FILTER_REDUCE: Kind = {
  ...REDUCE,
  push(this: Step, value) {
    this.count++;
    const passes = this.callback(value, this.context);
    if (passes === true) return reduceSecond(this, value);
    if (passes === false) return CONTINUE;
    if (isThenable(passes)) return holdFirst(this, passes, value);
    return passes ? reduceSecond(this, value) : CONTINUE;
  },
  back(this: Step, value) {
    if (this.isSecond) return keep(this, value);
    return value ? reduceSecond(this, this.held) : CONTINUE;
  },
};

const pairs: readonly (readonly [first: Kind, second: Kind, both: Kind])[] = [
  [MAP, MAP, MAP_MAP],
  [MAP, FILTER, MAP_FILTER],
  [MAP, TAP, MAP_TAP],
  [MAP, REDUCE, MAP_REDUCE],
  [FILTER, MAP, FILTER_MAP],
  [FILTER, FILTER, FILTER_FILTER],
  [FILTER, REDUCE, FILTER_REDUCE],
  [TAP, MAP, TAP_MAP],
];

/** Gives the kind that does the work of two neighbours, if there is one. */
export function findPair(first: Kind, second: Kind): Kind | undefined {
  // A loop and not find(): a short pipeline would tell the difference.
  for (const pair of pairs) {
    if (pair[0] === first && pair[1] === second) return pair[2];
  }
  return undefined;
}

function mapSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const mapped = step.second(value, step.secondContext);
  if (!isThenable(mapped)) return step.next.push(mapped);
  step.isSecond = true;
  return step.hold(mapped, undefined);
}

function filterSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const passes = step.second(value, step.secondContext);
  if (passes === true) return step.next.push(value);
  if (passes === false) return CONTINUE;
  if (!isThenable(passes)) return pass(step, passes, value);
  step.isSecond = true;
  return step.hold(passes, value);
}

function tapSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const seen = step.second(value, step.secondContext);
  if (!isThenable(seen)) return step.next.push(value);
  step.isSecond = true;
  return step.hold(seen, value);
}

function reduceSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const reduced = step.second(step.state, value, step.secondContext);
  if (!isThenable(reduced)) return keep(step, reduced);
  step.isSecond = true;
  return step.hold(reduced, undefined);
}

function keep(step: Step, reduced: unknown): Status {
  step.state = reduced;
  return CONTINUE;
}

function holdFirst(
  step: Step,
  promise: PromiseLike<unknown>,
  value: unknown,
): Status {
  step.isSecond = false;
  return step.hold(promise, value);
}

function pass(step: Step, passes: unknown, value: unknown): Status {
  return passes ? step.next.push(value) : CONTINUE;
}
