/**
 * The article's advanced generator: a value is sent back for each value yielded.
 *
 * Prints:
 *     generator: opened
 *     got 0, sending 10
 *     generator: was sent 10 for 0
 *     got 1, sending 11
 *     generator: was sent 11 for 1
 *     got 2, sending 12
 *     generator: was sent 12 for 2
 *     generator: closed
 *     the end
 */
import { asyncGenerator, StopAsyncIteration } from "sluice";

const conversation = asyncGenerator(async function* (): AsyncGenerator<
  number,
  void,
  number
> {
  console.log("generator: opened");
  try {
    for (let item = 0; item < 3; item++) {
      const answer = yield await Promise.resolve(item);
      console.log(`generator: was sent ${answer} for ${item}`);
    }
  } finally {
    console.log("generator: closed");
  }
});

const generator = conversation();
try {
  let item = await generator.asend(undefined);
  for (;;) {
    console.log(`got ${item}, sending ${item + 10}`);
    item = await generator.asend(item + 10);
  }
} catch (error) {
  if (!(error instanceof StopAsyncIteration)) throw error;
  console.log("the end");
}
