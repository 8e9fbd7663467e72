import { randomUUID } from "node:crypto";
import {
  access,
  open,
  rm,
  stat,
  unlink,
  type FileHandle,
} from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stream, type Stream } from "sluice";
import { ObjectExistsError } from "../../error/object-exists-error.ts";
import { ObjectNotFoundError } from "../../error/object-not-found-error.ts";
import { checkByteRange, resolveByteRange } from "../../port/byte-range.ts";
import { checkKey } from "../../port/check-object.ts";
import type {
  ByteRange,
  ObjectBucket,
  StoredObject,
  WrittenObject,
} from "../../port/object-bucket.ts";
import { publishDraft, writeDraft } from "./draft.ts";
import { readChunks, readWhole } from "./file-chunks.ts";
import { listObjects } from "./list-objects.ts";
import {
  DRAFTS_FOLDER,
  locateObject,
  OBJECTS_FOLDER,
  type ObjectPath,
} from "./object-path.ts";
import type { OpenWork } from "./open-work.ts";
import {
  inStorage,
  isSystemFailure,
  toStorageFailure,
} from "./storage-failure.ts";
import { syncFolder } from "./sync-folder.ts";

/**
 * A bucket that keeps each object in a file of its own, in a folder of this machine.
 *
 * An object is written aside, brought to the disk and then given its name, so that it is
 * there as a whole or not at all, also after a loss of power. Holds one piece of an object
 * that is written or streamed at a time, and one open file for each that is.
 * {@linkcode openFileBucket} opens it.
 */
export class FileBucket implements ObjectBucket {
  /** Its folder. */
  readonly folder: string;
  readonly #work: OpenWork;

  /** @internal */
  constructor(folder: string, work: OpenWork) {
    this.folder = folder;
    this.#work = work;
  }

  /** @inheritDoc */
  async write(
    key: string,
    bytes: Uint8Array | AsyncIterable<Uint8Array>,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<WrittenObject> {
    checkKey(key);
    const path = locateObject(this.folder, key);
    return this.#work.run(options.signal, async (signal) => {
      if ((await this.#measure(path)) !== undefined) {
        throw new ObjectExistsError(key);
      }
      const file = join(this.folder, DRAFTS_FOLDER, randomUUID());
      const draft = { root: this.folder, key, file };
      try {
        const written = await writeDraft(draft, bytes, signal);
        await publishDraft(draft, path);
        return written;
      } finally {
        await inStorage(this.folder, rm(file, { force: true }));
      }
    });
  }

  /** @inheritDoc */
  async read(
    key: string,
    options: ByteRange & { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<Uint8Array> {
    checkKey(key);
    checkByteRange(options);
    const { file } = locateObject(this.folder, key);
    return this.#work.run(options.signal, async (signal) => {
      const handle = await this.#open(key, file);
      try {
        const { size } = await inStorage(file, handle.stat());
        return await readWhole(handle, resolveByteRange(key, options, size), {
          file,
          check: () => {
            signal.throwIfAborted();
          },
        });
      } finally {
        await handle.close();
      }
    });
  }

  /** @inheritDoc */
  stream(key: string, range: ByteRange = {}): Stream<Uint8Array> {
    checkKey(key);
    checkByteRange(range);
    const { file } = locateObject(this.folder, key);
    const work = this.#work;
    const openFile = async (): Promise<FileHandle> => {
      const handle = await this.#open(key, file);
      work.holdForStream(handle);
      return handle;
    };
    return stream(async function* ({ signal }) {
      const handle = await work.run(signal, openFile);
      try {
        const { size } = await inStorage(file, handle.stat());
        const known = resolveByteRange(key, range, size);
        yield* readChunks(handle, known, { file, check: work.check });
      } finally {
        await work.release(handle);
      }
    });
  }

  /** @inheritDoc */
  async find(key: string): Promise<StoredObject | undefined> {
    checkKey(key);
    const path = locateObject(this.folder, key);
    return this.#work.run(undefined, async () => {
      const sizeBytes = await this.#measure(path);
      return sizeBytes === undefined ? undefined : { key, sizeBytes };
    });
  }

  /** @inheritDoc */
  async remove(key: string): Promise<boolean> {
    checkKey(key);
    const { folder, file } = locateObject(this.folder, key);
    return this.#work.run(undefined, async () => {
      try {
        await unlink(file);
      } catch (error) {
        if (!isSystemFailure(error, "ENOENT"))
          throw toStorageFailure(file, error);
        await this.#checkIsThere();
        return false;
      }
      // A file with its key stays until the bucket is opened again: the same key may be
      // written just now.
      await inStorage(folder, syncFolder(folder));
      return true;
    });
  }

  /** @inheritDoc */
  list(): Stream<StoredObject> {
    const { folder } = this;
    const work = this.#work;
    return stream(() => listObjects(folder, work.check));
  }

  /**
   * Gives the URL at which programs of this machine can read an object.
   *
   * It is there as long as the object is. Nothing is looked up.
   *
   * @param key The object's key.
   * @returns A `file:` URL.
   * @throws {TypeError} If the key is empty.
   */
  getUrl(key: string): string {
    checkKey(key);
    return pathToFileURL(locateObject(this.folder, key).file).href;
  }

  /** The size of a file; undefined if there is none. */
  async #measure({ file }: ObjectPath): Promise<number | undefined> {
    try {
      const found = await stat(file);
      return found.isFile() ? found.size : undefined;
    } catch (error) {
      if (!isSystemFailure(error, "ENOENT"))
        throw toStorageFailure(file, error);
      await this.#checkIsThere();
      return undefined;
    }
  }

  async #open(key: string, file: string): Promise<FileHandle> {
    try {
      return await open(file, "r");
    } catch (error) {
      if (!isSystemFailure(error, "ENOENT"))
        throw toStorageFailure(file, error);
      await this.#checkIsThere();
      throw new ObjectNotFoundError(key, { cause: error });
    }
  }

  /** Tells a folder that has gone, as with its disk, from an object that is not there. */
  async #checkIsThere(): Promise<void> {
    await inStorage(this.folder, access(join(this.folder, OBJECTS_FOLDER)));
  }
}
