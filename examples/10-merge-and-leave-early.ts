/**
 * Two cameras at once, and the first three frames of either. Both are closed then,
 * also the one that is silent.
 *
 * Prints:
 *     left 0
 *     right 0
 *     left 1
 *     right: closed
 *     left: closed
 */
import { merge, sleep, stream } from "sluice";

const camera = (name: string, waits: readonly number[]) =>
  stream(async function* ({ signal }) {
    try {
      for (const [frame, ms] of waits.entries()) {
        await sleep(ms, signal);
        yield `${name} ${frame}`;
      }
    } finally {
      if (name === "left") await sleep(20);
      console.log(`${name}: closed`);
    }
  });

const frames = merge(
  camera("left", [1, 100, 100]),
  camera("right", [40, 60_000]),
);
for await (const frame of frames.take(3)) console.log(frame);
