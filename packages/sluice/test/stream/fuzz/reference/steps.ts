import type { Run } from "./run.ts";
import type { Upstream } from "./stage.ts";

/** What the user gives, as the operators call it. */
export type Callback = (...args: readonly unknown[]) => unknown;

/** The items that an operator gives. */
export type Items = AsyncGenerator<unknown, void, undefined>;

export async function* map(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    yield await run.call(callback, item, run.context(index++));
  }
}

export async function* filter(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    if (await run.call(callback, item, run.context(index++))) yield item;
  }
}

export async function* tap(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    await run.call(callback, item, run.context(index++));
    yield item;
  }
}

export async function* takeWhile(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  for await (const item of source) {
    if (!(await run.call(callback, item, run.context(index++)))) return;
    yield item;
  }
}

export async function* dropWhile(
  source: Upstream,
  run: Run,
  callback: Callback,
): Items {
  let index = 0;
  let drops = true;
  for await (const item of source) {
    drops &&= Boolean(await run.call(callback, item, run.context(index++)));
    if (!drops) yield item;
  }
}

export async function* take(source: Upstream, _run: Run, limit: number): Items {
  let taken = 0;
  if (limit === 0) {
    await source.return();
    return;
  }
  for await (const item of source) {
    yield item;
    if (++taken === limit) return;
  }
}

export async function* drop(source: Upstream, _run: Run, limit: number): Items {
  let dropped = 0;
  for await (const item of source) {
    if (dropped++ >= limit) yield item;
  }
}

export async function* scan(
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
    yield result;
  }
}

export async function* indexed(source: Upstream): Items {
  let index = 0;
  for await (const item of source) yield [index++, item];
}

export async function* chunks(
  source: Upstream,
  _run: Run,
  size: number,
): Items {
  let chunk: unknown[] = [];
  for await (const item of source) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

export async function* windows(
  source: Upstream,
  _run: Run,
  size: number,
): Items {
  let window: unknown[] = [];
  for await (const item of source) {
    window = [...window, item].slice(-size);
    if (window.length === size) yield window;
  }
}
