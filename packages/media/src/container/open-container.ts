import { asyncContextManager, AsyncExitStack } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import { openInput } from "../mediabunny/open-input.ts";
import type { Container, ContainerManager, MediaSource } from "./container.ts";
import { openMediaBytes } from "./media-bytes.ts";
import { toContainer } from "./mediabunny-container.ts";

/** How a container is opened. */
export interface OpenContainerOptions {
  /** Its initialisation, where that is apart, as of a CMAF segment. */
  readonly init?: MediaSource | undefined;
  /** Ends what is under way, and each later read, with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a file of media: finds out its format, and what tracks it has.
 *
 * @param source The file: its bytes, a `Blob`, a URL, or a path.
 * @param options An initialisation that is apart, and a signal.
 * @returns A manager; its block is given the container.
 */
export function openContainer(
  source: MediaSource,
  options: OpenContainerOptions = {},
): ContainerManager {
  const { init, signal } = options;
  const bytes = openMediaBytes(source, signal);
  return open(
    bytes,
    init === undefined ? undefined : openMediaBytes(init, signal),
  );
}

type BytesManager = ReturnType<typeof openMediaBytes>;

const open = asyncContextManager(
  async function* (file: BytesManager, init: BytesManager | undefined) {
    const stack = new AsyncExitStack();
    try {
      const bytes = await stack.enter(file);
      const initBytes = init && (await stack.enter(init));
      yield await find(bytes, initBytes, stack);
    } finally {
      await stack.aclose();
    }
  },
  { suppresses: false },
);

async function find(
  bytes: SeekableBytes,
  init: SeekableBytes | undefined,
  stack: AsyncExitStack,
): Promise<Container> {
  return toContainer(await stack.enter(openInput(bytes, init)));
}
