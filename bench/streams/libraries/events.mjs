import { EventEmitter, on } from "node:events";
import { pushBursts, pushInTurns } from "../channels.mjs";

/** @import { Channel } from "../channels.mjs" */
/** @import { Cases } from "../libraries.mjs" */

/** @type {Cases} */
export const cases = {
  channelBurstForAwait: (n) => pushBursts(n, openEvents),
  channelTenForAwait: (n) => pushInTurns(n, 10, openEvents),
  channelOneForAwait: (n) => pushInTurns(n, 1, openEvents),
};

/** @returns {Channel} */
function openEvents() {
  const emitter = new EventEmitter();
  return {
    push: (value) => emitter.emit("number", value),
    close: () => emitter.emit("end"),
    sum: addUp(on(emitter, "number", { close: ["end"] })),
  };
}

/** @param {AsyncIterable<[number]>} events */
async function addUp(events) {
  let total = 0;
  for await (const [number] of events) total += number;
  return total;
}
