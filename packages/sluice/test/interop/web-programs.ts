import { from, range, stream } from "sluice";
import type { Program } from "./program.ts";

/** Streams with web streams, both ways. */
export const webPrograms: readonly Program[] = [
  {
    title: "toWeb() gives the items, and ends",
    prints: ["0", "1", "true"],
    async run(print) {
      const reader = range(2).toWeb().getReader();
      print((await reader.read()).value);
      print((await reader.read()).value);
      print((await reader.read()).done);
    },
  },
  {
    title: "toWeb() reads an item when it is asked for one",
    prints: ["asked", "0", "read 1"],
    async run(print) {
      let read = 0;
      const web = range(9)
        .tap(() => ++read)
        .toWeb();
      await Promise.resolve();
      if (read === 0) print("asked");
      print((await web.getReader().read()).value);
      print("read", read);
    },
  },
  {
    title: "toWeb() closes the stream when it is cancelled with a read pending",
    prints: ["closed", "cancelled", "true"],
    async run(print) {
      const stuck = stream<number>(async function* ({ guard }) {
        try {
          yield await guard(new Promise<number>(() => {}));
        } finally {
          print("closed");
        }
      });
      const reader = stuck.toWeb().getReader();
      const pending = reader.read();
      await Promise.resolve();
      await reader.cancel();
      print("cancelled");
      print((await pending).done);
    },
  },
  {
    title: "toWeb() fails with what the stream fails with",
    prints: ["true"],
    async run(print) {
      const boom = new Error("boom");
      const failing = range(1).map(() => Promise.reject(boom));
      const reader = failing.toWeb().getReader();
      await reader.read().catch((error: unknown) => {
        print(error === boom);
      });
    },
  },
  {
    title: "from() reads a web stream, and lets go of it at its end",
    prints: ["a,b", "false"],
    async run(print) {
      const web = createWeb(["a", "b"]);
      print(await from(web).toArray());
      print(web.locked);
    },
  },
  {
    title: "from() cancels a web stream that is left, and lets go of it",
    prints: ["a", "cancelled", "false"],
    async run(print) {
      const web = createWeb(["a", "b"], () => {
        print("cancelled");
      });
      for await (const item of from(web)) {
        print(item);
        break;
      }
      print(web.locked);
    },
  },
  {
    title: "from() cancels a web stream while a read is pending",
    prints: ["cancelled", "true", "false"],
    async run(print) {
      const web = new ReadableStream<string>({
        cancel() {
          print("cancelled");
        },
      });
      const strings = from(web);
      const pending = strings.next();
      await Promise.resolve();
      await strings.return();
      print((await pending).done);
      print(web.locked);
    },
  },
  {
    title: "from() fails with what a web stream fails with",
    prints: ["true"],
    async run(print) {
      const boom = new Error("boom");
      const web = new ReadableStream<string>({
        start(controller) {
          controller.error(boom);
        },
      });
      const error: unknown = await from(web)
        .next()
        .catch((error: unknown) => error);
      print(error === boom);
    },
  },
  {
    title: "a stream goes through the platform's transforms and back",
    prints: ["HELLO WORLD"],
    async run(print) {
      const bytes = from(["hello ", "world"])
        .map((text) => text.toUpperCase())
        .toWeb()
        .pipeThrough(new TextEncoderStream());
      const text = from(bytes).toWeb().pipeThrough(new TextDecoderStream());
      print((await from(text).toArray()).join(""));
    },
  },
  {
    title: "a response's body is made of a stream, and read as one",
    prints: ["11", "hello world"],
    async run(print) {
      const encoder = new TextEncoder();
      const body = from(["hello ", "world"])
        .map((text) => encoder.encode(text))
        .toWeb();
      const response = new Response(body);
      if (response.body === null) throw new Error("It has no body");
      const decoder = new TextDecoder();
      let size = 0;
      const text = await from(response.body)
        .tap(({ length }) => (size += length))
        .reduce((before, bytes) => before + decoder.decode(bytes), "");
      print(size);
      print(text);
    },
  },
  {
    title: "ReadableStream.from() reads a stream, and closes it when cancelled",
    needs: () => Reflect.get(ReadableStream, "from") as unknown,
    prints: ["0", "unknown"],
    async run(print) {
      const numbers = range(9).onClose(({ status }) => {
        print(status);
      });
      // The library that is compiled against lacks it.
      const constructor = ReadableStream as unknown as FromIterable;
      const reader = constructor.from(numbers).getReader();
      print((await reader.read()).value);
      await reader.cancel();
    },
  },
];

function createWeb<T>(
  items: readonly T[],
  cancel: () => void = () => {},
): ReadableStream<T> {
  const left = items.values();
  return new ReadableStream<T>({
    pull(controller) {
      const { done, value } = left.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel,
  });
}

interface FromIterable {
  from(source: AsyncIterable<unknown>): ReadableStream<unknown>;
}
