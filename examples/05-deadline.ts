/**
 * A deadline over several steps, the last of which takes too long.
 *
 * Prints:
 *     step 1 done
 *     step 2 done
 *     TimeoutError, caused by AbortError
 */
import { asyncWith, sleep, timeout } from "sluice";

const work = asyncWith(timeout(500), async ({ signal }) => {
  for (const [step, ms] of [1, 1, 60_000].entries()) {
    await sleep(ms, signal);
    console.log(`step ${step + 1} done`);
  }
});

await work.catch((error: Error) =>
  console.log(`${error.name}, caused by ${(error.cause as Error).name}`),
);
