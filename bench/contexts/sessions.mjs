import { asyncEnter, asyncExit, enter, exit } from "../dist/sluice/index.js";

/**
 * What has happened in this process: compared after every round with what had
 * to happen, so that no case is fast because it leaves something out.
 */
export const tally = { enters: 0, exits: 0, sum: 0 };

/** What each block adds to the sum for each session. */
const size = 3;

/** How many sessions an exit stack holds. */
export const stackSize = 10;

/** A manager with two async methods. They wait for nothing: nothing is cheaper. */
export class AsyncSession {
  size = size;

  async enter() {
    tally.enters++;
    return this;
  }

  async exit() {
    tally.exits++;
  }
}

/** The same with two sync methods. */
export class SyncSession {
  size = size;

  enter() {
    tally.enters++;
    return this;
  }

  exit() {
    tally.exits++;
  }
}

nameMethods(AsyncSession);
nameSyncMethods(SyncSession);

/**
 * Gives the methods of a class the names that Sluice and the language know them
 * by: the very same functions, so that nobody pays for an adapter.
 *
 * @param {{ prototype: { enter(): unknown, exit(): unknown } }} Class
 */
export function nameMethods({ prototype }) {
  addMethod(prototype, asyncEnter, prototype.enter);
  addMethod(prototype, asyncExit, prototype.exit);
  addMethod(prototype, Symbol.asyncDispose, prototype.exit);
}

/** @param {{ prototype: { enter(): unknown, exit(): unknown } }} Class */
function nameSyncMethods({ prototype }) {
  addMethod(prototype, enter, prototype.enter);
  addMethod(prototype, exit, prototype.exit);
  addMethod(prototype, Symbol.dispose, prototype.exit);
}

/**
 * @param {object} prototype
 * @param {symbol} name
 * @param {() => unknown} method
 */
function addMethod(prototype, name, method) {
  Object.defineProperty(prototype, name, {
    value: method,
    configurable: true,
    writable: true,
  });
}

/**
 * Compares what has happened since the last call with what had to, and forgets it.
 *
 * @param {number} sessions How many were to be opened.
 * @throws {Error} If more or fewer were opened or closed, or if a block was left out.
 */
export function checkTally(sessions) {
  const { enters, exits, sum } = tally;
  const live = enters - exits;
  if (live !== 0 || enters !== sessions || sum !== sessions * size) {
    throw new Error(
      `Cannot count the round: ${sessions} sessions, but ${enters} enters, ${exits} exits, sum ${sum}`,
    );
  }
  Object.assign(tally, { enters: 0, exits: 0, sum: 0 });
}
