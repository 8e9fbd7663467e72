/**
 * One object, two kinds of block, a session of its own for each.
 *
 * Prints:
 *     sync: 720 at once
 *     async: 720 when it is there
 */
import {
  asyncEnter,
  asyncExit,
  asyncWith,
  enter,
  exit,
  syncWith,
  type DualContextManager,
} from "sluice";

interface SyncReader {
  read(frame: number): string;
}
interface AsyncReader {
  read(frame: number): Promise<string>;
}

class Flow implements DualContextManager<SyncReader, void, AsyncReader> {
  [enter](): SyncReader {
    return { read: (frame) => `${frame} at once` };
  }
  [exit](): void {}

  [asyncEnter](): Promise<AsyncReader> {
    return Promise.resolve({
      read: async (frame) => `${frame} when it is there`,
    });
  }
  async [asyncExit](): Promise<void> {}
}

const flow = new Flow();
console.log(
  "sync:",
  syncWith(flow, (reader) => reader.read(720)),
);
console.log("async:", await asyncWith(flow, (reader) => reader.read(720)));
