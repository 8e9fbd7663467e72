/**
 * A stream that waits for news can be left at any time: what it waits for inside
 * `guard()` ends, and its `finally` runs before leaving is done.
 *
 * Prints:
 *     connected
 *     news 1
 *     waiting for the next
 *     disconnected
 *     left: { value: undefined, done: true }
 */
import { sleep, stream } from "sluice";

/** Answers once, and then never again. */
const ask = (number: number) =>
  number === 1 ? sleep(1) : new Promise<void>(() => {});

const news = stream(async function* ({ guard }) {
  console.log("connected");
  try {
    for (let number = 1; ; number++) {
      await guard(ask(number));
      yield `news ${number}`;
    }
  } finally {
    await sleep(1);
    console.log("disconnected");
  }
});

console.log((await news.next()).value);
const next = news.next();
console.log("waiting for the next");
await news.return();
console.log("left:", await next);
