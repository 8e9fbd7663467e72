/**
 * One way of a case, in a process of its own. Asked, it does it once, and tells what that
 * took of the processor.
 */
import { findCase } from "./cases.mjs";
import { prepare } from "./material.mjs";
import { ways } from "./ways.mjs";

const [way, id, paths] = process.argv.slice(2);
const { [id]: run } = await ways[way]();
const material = await prepare(findCase(id), JSON.parse(paths));

process.on("message", async () => {
  process.send(await measure());
});
process.send({ ready: true });

async function measure() {
  const start = process.cpuUsage();
  const { count, processorMs } = await run(material);
  const { user, system } = process.cpuUsage(start);
  const ms = processorMs ?? (user + system) / 1000;
  return { ms, count, bytes: material.bytes.length };
}
