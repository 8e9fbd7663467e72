import {
  asyncContextManager,
  AsyncExitStack,
  type AsyncContextManager,
} from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import type { Container, MediaSource } from "./container.ts";
import { openMediaBytes } from "./media-bytes.ts";

/**
 * Opens a container of bytes from anywhere, and closes the bytes with it.
 *
 * @param read Finds out what is in the bytes, once they are open.
 */
export function openWithBytes<C extends Container>(
  source: MediaSource,
  signal: AbortSignal | undefined,
  read: (bytes: SeekableBytes) => Promise<C>,
): AsyncContextManager<C, false> {
  const file = openMediaBytes(source, signal);
  const open = asyncContextManager(
    async function* () {
      const stack = new AsyncExitStack();
      try {
        yield await read(await stack.enter(file));
      } finally {
        await stack.aclose();
      }
    },
    { suppresses: false },
  );
  return open();
}
