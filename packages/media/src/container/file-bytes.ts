import { asyncContextManager, type AsyncContextManager } from "sluice";
import type { SeekableBytes } from "../bytes/seekable-bytes.ts";
import {
  UnreadableMediaError,
  type UnreadableReason,
} from "../error/unreadable-media-error.ts";

/** What of Node's `node:fs/promises` is needed here. */
interface NodeFiles {
  open(path: string | URL, flags: "r"): Promise<NodeFile>;
}

interface NodeFile {
  stat(): Promise<{ readonly size: number; isFile(): boolean }>;
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

// A browser has no such thing. An import of it would be one that bundlers stumble over.
declare const process:
  | undefined
  | { getBuiltinModule?(id: "node:fs/promises"): NodeFiles | undefined };

/**
 * Opens a file of the platform, and closes it.
 *
 * @param path Its path, or its `file:` URL.
 * @throws {UnreadableMediaError} On entering, if there is no such file, or it may not be
 * read, or the platform has no files. On reading, if it has become shorter.
 */
export const openFileBytes: (
  path: string | URL,
) => AsyncContextManager<SeekableBytes, false> = asyncContextManager(
  async function* (path: string | URL) {
    const file = await openFile(path);
    try {
      yield await toBytes(file, `${path}`);
    } finally {
      await file.close();
    }
  },
  { suppresses: false },
);

async function openFile(path: string | URL): Promise<NodeFile> {
  const files =
    typeof process === "undefined"
      ? undefined
      : process.getBuiltinModule?.("node:fs/promises");
  if (files === undefined) {
    throw new UnreadableMediaError({
      source: `${path}`,
      reason: "no-platform",
      problem:
        "this platform opens no files by their path; give a Blob, a URL or the bytes",
    });
  }
  try {
    return await files.open(path, "r");
  } catch (error) {
    throw toUnreadable(`${path}`, error);
  }
}

async function toBytes(file: NodeFile, source: string): Promise<SeekableBytes> {
  const found = await file.stat();
  if (!found.isFile()) {
    throw new UnreadableMediaError({
      source,
      reason: "no-file",
      problem: "it is no file, but a directory or the like",
    });
  }
  return {
    sizeBytes: found.size,
    whole: undefined,
    isRemote: false,
    read: (start, end) => readPart(file, source, start, end),
  };
}

async function readPart(
  file: NodeFile,
  source: string,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const part = new Uint8Array(end - start);
  let filled = 0;
  while (filled < part.length) {
    const place = start + filled;
    const rest = part.length - filled;
    const { bytesRead } = await file.read(part, filled, rest, place);
    if (bytesRead === 0) {
      throw new UnreadableMediaError({
        source,
        reason: "changed",
        problem: `it now ends at byte ${place}`,
      });
    }
    filled += bytesRead;
  }
  return part;
}

const reasons: Partial<Record<string, readonly [UnreadableReason, string]>> = {
  ENOENT: ["not-found", "there is no such file"],
  ENOTDIR: ["not-found", "there is no such file"],
  EACCES: ["forbidden", "it may not be read by this user"],
  EPERM: ["forbidden", "it may not be read by this user"],
  EISDIR: ["no-file", "it is no file, but a directory"],
};

function toUnreadable(source: string, cause: unknown): UnreadableMediaError {
  const { code = "", message = "" } = Object(cause) as {
    code?: string;
    message?: string;
  };
  const [reason, problem] = reasons[code] ?? ["unreachable", message];
  return new UnreadableMediaError({ source, reason, problem }, { cause });
}
