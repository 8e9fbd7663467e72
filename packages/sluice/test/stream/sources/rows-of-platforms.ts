import { Readable } from "node:stream";
import { from, type Stream, type StreamOptions } from "sluice";
import { fromNode } from "sluice/node";
import {
  createTracked,
  FAILURE,
  type Nature,
  type SourceRow,
  type Specimen,
} from "./specimen.ts";

/** The streams of the platforms. */
export const platformRows: readonly SourceRow[] = [
  {
    name: "from(webStream)",
    waits: "nothing",
    holds: "nothing, but what the stream itself has in its queue",
    create: (nature, options) =>
      createTracked("readable-stream", nature, (source) =>
        from(source, options),
      ),
    unread: "closed",
    heap: {
      create: () => ({
        stream: from(
          new ReadableStream<number>(
            {
              pull: (controller) => {
                controller.enqueue(1);
              },
            },
            { highWaterMark: 0 },
          ),
        ),
      }),
      count: 500_000,
    },
  },
  {
    name: "from(readable)",
    waits: "nothing",
    holds: "nothing, but what the Readable itself has in its buffer",
    leaves: "a listener of Node's, on what is destroyed",
    ...createRows(from),
  },
  {
    name: "fromNode(readable)",
    waits: "nothing",
    holds: "nothing, but what the Readable itself has in its buffer",
    ...createRows(fromNode),
  },
];

function createRows(
  makeStream: (readable: Readable, options: StreamOptions) => Stream<unknown>,
): Pick<SourceRow, "create" | "unread" | "heap"> {
  return {
    create: (nature, options) => {
      const readable = createReadable(nature);
      // Node's own iterator, which `from()` reads it by, leaves one on what it has
      // destroyed; and what never closes is not left by itself.
      const leavesListener = makeStream === from || nature === "stuck";
      return {
        stream: makeStream(readable, options),
        closed: () => (readable.closed && nature !== "failing" ? 1 : 0),
        leftovers: () =>
          leavesListener ? 0 : readable.listenerCount("readable"),
      } satisfies Specimen;
    },
    unread: "closed",
    heap: {
      create: () => ({ stream: makeStream(createReadable("endless"), {}) }),
      count: 500_000,
    },
  };
}

function createReadable(nature: Nature): Readable {
  let item = 0;
  return new Readable({
    objectMode: true,
    // It is read no further than it is asked to: what has failed drops its buffer.
    highWaterMark: 1,
    read() {
      item++;
      if (item <= 2 || nature === "endless") this.push(item);
      else if (nature === "finite") this.push(null);
      else if (nature === "failing") this.destroy(FAILURE);
    },
    ...(nature === "stuck" && { destroy: () => {} }),
  });
}
