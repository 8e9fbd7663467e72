import type { Run } from "./run.ts";
import type { Upstream } from "./stage.ts";
import type { Callback, Items } from "./steps.ts";

// A sink is an operator here that gives one item: its result.

export async function* toArray(source: Upstream): Items {
  const items: unknown[] = [];
  for await (const item of source) items.push(item);
  yield items;
}

export async function* forEach(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    await run.call(callback, item, run.context(index++));
  }
  yield undefined;
}

export async function* reduce(
  source: Upstream,
  run: Run,
  callback: Callback,
  ...initial: readonly unknown[]
): Items {
  let index = 0;
  let [result] = initial;
  for await (const item of source) {
    const isFirst = index === 0 && initial.length === 0;
    const context = run.context(index++);
    result = isFirst ? item : await run.call(callback, result, item, context);
  }
  if (index === 0 && initial.length === 0) {
    throw run.fail(new TypeError("There is nothing to reduce"));
  }
  yield result;
}

export async function* find(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let found: unknown;
  let index = 0;
  for await (const item of source) {
    if (!(await run.call(callback, item, run.context(index++)))) continue;
    found = item;
    break;
  }
  yield found;
}

export async function* some(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let found = false;
  let index = 0;
  for await (const item of source) {
    if (await run.call(callback, item, run.context(index++))) {
      found = true;
      break;
    }
  }
  yield found;
}

export async function* every(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let holds = true;
  let index = 0;
  for await (const item of source) {
    if (!(await run.call(callback, item, run.context(index++)))) {
      holds = false;
      break;
    }
  }
  yield holds;
}
