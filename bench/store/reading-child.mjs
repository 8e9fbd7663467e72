/**
 * One way to read a file, in a process of its own. Asked, it does it once, and tells what
 * that took of the processor.
 */
import { ways } from "./reading-ways.mjs";

const [way, place] = process.argv.slice(2);
const read = await ways[way](JSON.parse(place));

process.on("message", async () => {
  const start = process.cpuUsage();
  const { count, processorMs } = await read();
  const { user, system } = process.cpuUsage(start);
  process.send({ count, ms: processorMs ?? (user + system) / 1000 });
});
process.send({ ready: true });
