import { BufferSource, CustomSource, type Source } from "mediabunny";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";

/** Where mediabunny reads from, and what went wrong there. */
export interface InputSource {
  readonly source: Source;
  /** Tells whether an error is one of reading bytes, and not of what they say. */
  isFailure(error: unknown): boolean;
  /** @throws What a read failed with that nobody was waiting for. */
  check(): void;
}

/** Makes mediabunny's source of bytes. */
export function toInputSource(bytes: SeekableBytes): InputSource {
  const failures = new Set<unknown>();
  let unseen: { readonly error: unknown } | undefined;
  const check = (): void => {
    if (unseen !== undefined) throw unseen.error;
  };
  const isFailure = (error: unknown): boolean => failures.has(error);
  if (bytes.whole !== undefined) {
    return { source: new BufferSource(bytes.whole), isFailure, check };
  }
  const source = new CustomSource({
    getSize: () => bytes.sizeBytes,
    read: async (start, end) => {
      try {
        return await bytes.read(start, end);
      } catch (error) {
        failures.add(error);
        throw error;
      }
    },
    prefetchProfile: bytes.isRemote ? "network" : "fileSystem",
    handleUnhandledError: (error) => {
      unseen ??= { error };
    },
  });
  return { source, isFailure, check };
}
