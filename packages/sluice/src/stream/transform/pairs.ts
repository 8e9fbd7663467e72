import { isThenable } from "../../core/thenable.ts";
import { CONTINUE, type Status } from "../engine/cursor.ts";
import type { Kind, Step } from "../engine/step.ts";
import { FILTER } from "../select/filter.ts";
import { MAP } from "./map.ts";

/**
 * Two neighbours in one step: fewer calls of functions that the compiler does not
 * know, and a place of its own for each callback, where a lone hot pipeline is
 * compiled as one piece.
 *
 * `state` says whether the second callback is the one that is awaited.
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
    return this.state === true ? this.next.push(value) : mapSecond(this, value);
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
    return this.state === true
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
    if (this.state === true) return this.next.push(value);
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
    if (this.state === true) return pass(this, value, this.held);
    return value ? filterSecond(this, this.held) : CONTINUE;
  },
};

/** Gives the kind that does the work of two neighbours, if there is one. */
export function findPair(
  first: Kind,
  second: Kind | undefined,
): Kind | undefined {
  if (first === MAP) {
    if (second === MAP) return MAP_MAP;
    if (second === FILTER) return MAP_FILTER;
  } else if (first === FILTER) {
    if (second === MAP) return FILTER_MAP;
    if (second === FILTER) return FILTER_FILTER;
  }
  return undefined;
}

function mapSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const mapped = step.second(value, step.secondContext);
  if (!isThenable(mapped)) return step.next.push(mapped);
  step.state = true;
  return step.hold(mapped, undefined);
}

function filterSecond(step: Step, value: unknown): Status {
  step.secondCount++;
  const passes = step.second(value, step.secondContext);
  if (passes === true) return step.next.push(value);
  if (passes === false) return CONTINUE;
  if (!isThenable(passes)) return pass(step, passes, value);
  step.state = true;
  return step.hold(passes, value);
}

function holdFirst(
  step: Step,
  promise: PromiseLike<unknown>,
  value: unknown,
): Status {
  step.state = false;
  return step.hold(promise, value);
}

function pass(step: Step, passes: unknown, value: unknown): Status {
  return passes ? step.next.push(value) : CONTINUE;
}
