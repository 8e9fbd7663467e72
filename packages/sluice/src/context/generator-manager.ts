import { wrapGenerator } from "../core/wrap-generator.ts";
import {
  GeneratorSession,
  type GeneratorManagerOptions,
} from "./generator-session.ts";
import {
  asyncEnter,
  asyncExit,
  enter,
  exit,
  type AsyncContextManager,
  type DualContextManager,
  type Outcome,
} from "./protocol.ts";

/** Options that say that the generator passes every error on. */
interface Narrowed {
  readonly suppresses: false;
}

/** What exit may answer, by the options. */
export type SuppressionOf<O> = O extends Narrowed ? false : boolean;

/**
 * Makes async context managers out of an async generator: Python's
 * `@asynccontextmanager`.
 *
 * The generator yields once. What comes before its `yield` is enter, the value
 * yielded is what the block is given, and what comes after is exit. An error of
 * the block is thrown at the `yield`: let it pass (`try`/`finally`), throw
 * another, or catch it and return to suppress it. Under `await using`, where
 * nobody can know how the block ended, the generator goes on as after success.
 *
 * Calling the factory runs nothing of the generator's body. Each manager serves
 * for one block; call the factory again for the next.
 *
 * Source: Python, `contextlib.asynccontextmanager`.
 *
 * @param create The async generator function.
 * @param options Whether it may suppress, and whether it must be told.
 * @returns A function that takes what the generator function takes and gives a
 * manager.
 * @throws {TypeError} On calling the factory, if the function returns no async
 * generator; on entering a manager for the second time; on exiting one that has
 * not been entered.
 * @throws {GeneratorError} On entering, if the generator does not yield; on
 * exiting, if it yields again, or swallows an error that it must not.
 *
 * @example Commit or roll back
 * ```ts
 * import { asyncContextManager, asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const log: string[] = [];
 * const transaction = asyncContextManager(
 *   async function* (name: string) {
 *     log.push(`begin ${name}`);
 *     try {
 *       yield name.length;
 *     } catch (error) {
 *       log.push("rollback");
 *       throw error;
 *     }
 *     log.push("commit");
 *   },
 *   { suppresses: false, strict: true },
 * );
 *
 * const doubled = await asyncWith(transaction("abc"), (size) => size * 2);
 *
 * assert.equal(doubled, 6);
 * assert.deepEqual(log, ["begin abc", "commit"]);
 * ```
 */
export function asyncContextManager<
  const T,
  A extends unknown[],
  const O extends GeneratorManagerOptions = GeneratorManagerOptions,
>(
  create: (...args: A) => AsyncGenerator<T, void, void>,
  options?: O,
): (...args: A) => AsyncContextManager<T, SuppressionOf<O>> {
  return wrapGenerator(create, Symbol.asyncIterator, (generator) => {
    const manager = new GeneratorSession<T>(generator, create.name, options);
    // With `suppresses: false` exit throws rather than answer true.
    return manager as AsyncContextManager<T, SuppressionOf<O>>;
  });
}

/**
 * Makes context managers out of a generator: Python's `@contextmanager`.
 *
 * The sync twin of {@linkcode asyncContextManager}. Its managers serve both
 * kinds of block.
 *
 * Source: Python, `contextlib.contextmanager`.
 *
 * @param create The generator function.
 * @param options Whether it may suppress, and whether it must be told.
 * @returns A function that takes what the generator function takes and gives a
 * manager.
 * @throws {TypeError} As `asyncContextManager`.
 * @throws {GeneratorError} As `asyncContextManager`.
 *
 * @example Put a setting back
 * ```ts
 * import { contextManager, syncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const settings = { locale: "en" };
 * const withLocale = contextManager(function* (locale: string) {
 *   const before = settings.locale;
 *   settings.locale = locale;
 *   try {
 *     yield;
 *   } finally {
 *     settings.locale = before;
 *   }
 * });
 *
 * const inside = syncWith(withLocale("de"), () => settings.locale);
 *
 * assert.deepEqual([inside, settings.locale], ["de", "en"]);
 * ```
 */
export function contextManager<
  const T,
  A extends unknown[],
  const O extends GeneratorManagerOptions = GeneratorManagerOptions,
>(
  create: (...args: A) => Generator<T, void, void>,
  options?: O,
): (...args: A) => DualContextManager<T, SuppressionOf<O>> {
  return wrapGenerator(create, Symbol.iterator, (generator) => {
    const manager = new SyncGeneratorSession<T>(
      generator,
      create.name,
      options,
    );
    // With `suppresses: false` exit throws rather than answer true.
    return manager as DualContextManager<T, SuppressionOf<O>>;
  });
}

class SyncGeneratorSession<T>
  extends GeneratorSession<T>
  implements DualContextManager<T, boolean>
{
  [enter](): T {
    // A sync generator answers at once.
    return this[asyncEnter]() as T;
  }

  [exit](outcome: Outcome): boolean {
    return this[asyncExit](outcome) as boolean;
  }
}
