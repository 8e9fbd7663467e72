import { concat, from, merge, range, stream, zip, type Stream } from "sluice";
import type { Program } from "./program.ts";

/** Streams with the statements and functions of the language that read iterators. */
export const iterationPrograms: readonly Program[] = [
  {
    title: "`for await` reads a stream to its end",
    prints: ["0", "1", "closed", "after"],
    async run(print) {
      for await (const item of createNumbers(2, print)) print(item);
      print("after");
    },
  },
  {
    title:
      "`for await` closes a stream when its loop is left, and waits for it",
    prints: ["0", "closed", "after"],
    async run(print) {
      for await (const item of createNumbers(9, print)) {
        print(item);
        break;
      }
      print("after");
    },
  },
  {
    title: "`for await` closes a stream when its body throws",
    prints: ["closed", "boom"],
    async run(print) {
      try {
        for await (const item of createNumbers(9, print)) {
          throw new Error(`boom${item === 0 ? "" : item}`);
        }
      } catch (error) {
        print((error as Error).message);
      }
    },
  },
  {
    title: "`yield*` passes on next() and return()",
    prints: ["0", "closed", "true"],
    async run(print) {
      const outer = delegate(createNumbers(9, print));
      print((await outer.next()).value);
      print((await outer.return(undefined)).done);
    },
  },
  {
    title: "`yield*` passes on throw(), which closes the stream first",
    prints: ["0", "closed", "true", "true"],
    async run(print) {
      const boom = new Error("boom");
      const outer = delegate(createNumbers(9, print));
      print((await outer.next()).value);
      await outer.throw(boom).catch((error: unknown) => {
        print(error === boom);
      });
      print((await outer.next()).done);
    },
  },
  {
    title: "`await using` closes a stream at the end of its block",
    prints: ["0", "block", "closed", "after"],
    async run(print) {
      {
        await using numbers = createNumbers(9, print);
        print((await numbers.next()).value);
        print("block");
      }
      print("after");
    },
  },
  {
    title: "`await using` closes the whole that was made of a stream",
    prints: ["2", "closed", "after"],
    async run(print) {
      {
        await using numbers = createNumbers(9, print);
        const doubled = numbers.drop(1).map((item) => item * 2);
        print((await doubled.next()).value);
      }
      print("after");
    },
  },
  {
    title: "Array.fromAsync() reads a stream to its end",
    needs: () => Reflect.get(Array, "fromAsync") as unknown,
    prints: ["0,1,2", "0,2,4"],
    async run(print) {
      // The library that is compiled against lacks it.
      const constructor = Array as unknown as FromAsync;
      print(await constructor.fromAsync(range(3)));
      print(await constructor.fromAsync(range(3), (item) => item * 2));
    },
  },
  {
    title: "Promise.all() gets several items, in order, and the end",
    prints: ["0 1 undefined undefined"],
    async run(print) {
      const numbers = range(2);
      const results = await Promise.all([
        numbers.next(),
        numbers.next(),
        numbers.next(),
        numbers.next(),
      ]);
      print(...results.map(({ value }) => value));
    },
  },
  {
    title: "streams are made of streams",
    prints: ["0,1,0", "0,1", "0 0,1 1", "0,0,1"],
    async run(print) {
      print(await concat(range(2), range(1)).toArray());
      print(await from(range(2)).toArray());
      const pairs = await zip([range(2), range(2)]).toArray();
      print(pairs.map((pair) => pair.join(" ")));
      const merged = await merge(range(1), range(2)).toArray();
      print(merged.sort());
    },
  },
  {
    title: "streams are flattened into streams",
    prints: ["0,0,1"],
    async run(print) {
      print(
        await range(3)
          .flatMap((end) => range(end))
          .toArray(),
      );
    },
  },
  {
    title: "an error passes through `for await` as it is",
    prints: ["true"],
    async run(print) {
      const boom = { no: "error" };
      const failing = range(1).map(() => Promise.reject(boom));
      try {
        for await (const item of failing) print(item);
      } catch (error) {
        print(error === boom);
      }
    },
  },
];

/** Counts up, and prints when it is closed, which takes a moment. */
function createNumbers(
  end: number,
  print: (...words: unknown[]) => void,
): Stream<number> {
  return stream(async function* () {
    try {
      for (let index = 0; index < end; index++) yield index;
    } finally {
      await nextMessage();
      print("closed");
    }
  });
}

async function* delegate(
  numbers: Stream<number>,
): AsyncGenerator<number, undefined, undefined> {
  yield* numbers;
}

/** Waits for a task of the platform's own, which microtasks do not reach. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

interface FromAsync {
  fromAsync(
    source: AsyncIterable<number>,
    map?: (item: number) => unknown,
  ): Promise<unknown[]>;
}
