/**
 * A list, a set, a dict and a generator expression, as streams.
 *
 * Prints:
 *     list: [ 101, 103 ]
 *     set: Set(1) { 'v' }
 *     dict: Map(2) { 'v0' => 100, 'v1' => 101 }
 *     generator expression: V0
 */
import { anext, sleep, stream } from "sluice";

const frames = (count: number) =>
  stream(async function* ({ signal }) {
    for (let index = 0; index < count; index++) {
      await sleep(0, signal);
      yield `v${index}`;
    }
  });
const size = async (frame: string) => 100 + Number(frame.slice(1));

// [await size(f) async for f in frames(4) if await size(f) % 2]
const odd = frames(4).filter(async (frame) => (await size(frame)) % 2 === 1);
console.log("list:", await odd.map(size).toArray());

// {f[0] async for f in frames(3)}
const kinds = frames(3).map((frame) => frame.slice(0, 1));
console.log("set:", await kinds.toSet());

// {f: await size(f) async for f in frames(2)}
const pairs = frames(2).map(
  async (frame) => [frame, await size(frame)] as const,
);
console.log("dict:", await pairs.toMap());

// (f.upper() async for f in frames(1000000))
const lazy = frames(1_000_000).map((frame) => frame.toUpperCase());
console.log("generator expression:", await anext(lazy));
await lazy.return();
