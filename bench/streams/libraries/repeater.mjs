import { FixedBuffer, Repeater } from "@repeaterjs/repeater";
import { burstSize, pushBursts, pushInTurns } from "../channels.mjs";
import { asyncNumbers, delayedNumbers } from "../sources.mjs";

/** @import { Channel } from "../channels.mjs" */
/** @import { Cases } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  merge: (n) =>
    addUp(Repeater.merge([1, 2, 3, 4].map(() => asyncNumbers(n / 4)))),
  mergeImm: (n) =>
    addUp(Repeater.merge([1, 2, 3, 4].map(() => delayedNumbers(n / 4)))),
  zip2: (n) => addUpRows(Repeater.zip([1, 2].map(() => asyncNumbers(n)))),
  zip4: (n) => addUpRows(Repeater.zip([1, 2, 3, 4].map(() => asyncNumbers(n)))),

  channelBurstForAwait: (n) => pushBursts(n, openRepeater),
  channelTenForAwait: (n) => pushInTurns(n, 10, openRepeater),
  channelOneForAwait: (n) => pushInTurns(n, 1, openRepeater),
};

/** @param {AsyncIterable<number>} source */
async function addUp(source) {
  let total = 0;
  for await (const number of source) total += number;
  return total;
}

/** @param {AsyncIterable<number[]>} source */
async function addUpRows(source) {
  let total = 0;
  for await (const row of source) {
    for (const number of row) total += number;
  }
  return total;
}

/** @returns {Channel} */
function openRepeater() {
  /** @type {Pick<Channel, "push" | "close">} */
  let way;
  const numbers = new Repeater((push, stop) => {
    way = { push, close: stop };
  }, new FixedBuffer(burstSize));
  // A repeater opens with the first item that is asked for.
  const sum = addUp(numbers);
  return { ...way, sum };
}
