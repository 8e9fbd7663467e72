/**
 * The next frames are loaded while one is shown: two at most, and in order. The
 * loop is left early, and what was under way is told to stop.
 *
 * Prints:
 *     show 0 (begun: 0 1 2)
 *     show 1 (begun: 0 1 2 3)
 *     show 2 (begun: 0 1 2 3 4)
 *     stopped: 4
 */
import { range, sleep, type CallContext } from "sluice";

const begun: number[] = [];
const stopped: number[] = [];

async function load(frame: number, { signal }: CallContext): Promise<number> {
  begun.push(frame);
  signal.addEventListener("abort", () => stopped.push(frame));
  await sleep(frame < 4 ? 1 : 60_000, signal);
  return frame;
}

for await (const frame of range(100).map(load).buffered(2)) {
  await sleep(20);
  console.log(`show ${frame} (begun: ${begun.join(" ")})`);
  if (frame === 2) break;
}
console.log(`stopped: ${stopped.at(-1)}`);
