import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { getuid } from "node:process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFileBucket, type FileBucket } from "@sluice/store";
import fc from "fast-check";
import { asyncContextManager, asyncWith, AsyncExitStack, from } from "sluice";
import { describe, expect, it } from "vitest";
import { objectBucketLaws } from "@sluice/store/contract";
import { temporaryFolder } from "../temporary-folder.ts";

const temporaryBucket = asyncContextManager(
  async function* () {
    const stack = new AsyncExitStack();
    try {
      const folder = await stack.enter(temporaryFolder());
      yield await stack.enter(openFileBucket(join(folder, "bucket")));
    } finally {
      await stack.aclose();
    }
  },
  { suppresses: false },
);

/** All files below a folder, by their paths. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array(10));
  throw new Error("the source failed");
}

/** How many files this process has open below a folder. */
async function countOpen(folder: string): Promise<number> {
  const { readlink } = await import("node:fs/promises");
  const links = await Promise.allSettled(
    (await readdir("/proc/self/fd")).map((fd) =>
      readlink(`/proc/self/fd/${fd}`),
    ),
  );
  return links.filter(
    (link) => link.status === "fulfilled" && link.value.startsWith(folder),
  ).length;
}

describe("openFileBucket()", () => {
  for (const { title, check } of objectBucketLaws(temporaryBucket)) {
    it(title, check);
  }

  it("keeps objects from one block to the next", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const long = "long ".repeat(1000);
      await asyncWith(openFileBucket(folder), async (bucket) => {
        await bucket.write("a", new Uint8Array([1]));
        await bucket.write(long, new Uint8Array([2, 3]));
      });

      await asyncWith(openFileBucket(folder), async (bucket) => {
        expect(await bucket.read("a")).toEqual(new Uint8Array([1]));
        expect(await bucket.list().toSet()).toEqual(
          new Set([
            { key: "a", sizeBytes: 1 },
            { key: long, sizeBytes: 2 },
          ]),
        );
      });
    });
  });

  it("touches nothing until it is entered", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      openFileBucket(join(folder, "bucket"));

      expect(await readdir(folder)).toEqual([]);
    });
  });

  it("refuses a path that is empty, at once", () => {
    expect(() => openFileBucket("")).toThrow(
      new TypeError(
        "Cannot open a bucket without a path: it must be a text that is not empty",
      ),
    );
  });

  it("removes, on entering, what a process that was killed has left", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const long = "x".repeat(1000);
      await asyncWith(openFileBucket(folder), async (bucket) => {
        await bucket.write("a", new Uint8Array([1]));
        await bucket.write(long, new Uint8Array([2]));
        await bucket.remove(long);
      });
      await writeFile(join(folder, "drafts", "half"), "half an object");
      expect(await readdir(join(folder, "keys"))).toHaveLength(1);

      await asyncWith(openFileBucket(folder), async (bucket) => {
        expect(await bucket.list().toArray()).toEqual([
          { key: "a", sizeBytes: 1 },
        ]);
      });

      expect(await readdir(join(folder, "drafts"))).toEqual([]);
      expect(await readdir(join(folder, "keys"))).toEqual([]);
    });
  });

  it("refuses a file where the folder should be", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const file = join(folder, "file");
      await writeFile(file, "mine");

      await expect(
        asyncWith(openFileBucket(file), () => undefined),
      ).rejects.toMatchObject({ code: "STORE_ACCESS", place: file });

      expect(await readFile(file, "utf8")).toBe("mine");
    });
  });
});

describe("FileBucket", () => {
  it("leaves no draft behind, whether writing succeeds or fails", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      const writes = [
        bucket.write("a", new Uint8Array(10)),
        bucket.write("a", new Uint8Array(10)),
        bucket.write("b", failing()),
        bucket.write("x".repeat(1000), failing()),
      ];

      const ends = await Promise.allSettled(writes);

      expect(ends.filter(({ status }) => status === "fulfilled").length).toBe(
        1,
      );
      expect(await listFiles(bucket.folder)).toHaveLength(1);
    });
  });

  it(
    "keeps every object below its folder, in files of safe names",
    { timeout: 60_000 },
    async () => {
      await asyncWith(temporaryFolder(), async (folder) => {
        const root = join(folder, "bucket");
        await asyncWith(openFileBucket(root), async (bucket) => {
          await fc.assert(
            fc.asyncProperty(
              fc.string({ unit: "binary", minLength: 1, maxLength: 400 }),
              async (key) => {
                await bucket.write(key, new Uint8Array([1, 2]));

                const listed = await bucket.list().toArray();
                expect(listed).toEqual([{ key, sizeBytes: 2 }]);
                for (const file of await listFiles(folder)) {
                  expect(file.slice(root.length)).toMatch(
                    /^\/(?:objects\/[0-9a-f]{2}|keys)\/[kh]-[0-9a-z_-]{1,200}$/u,
                  );
                }
                await bucket.remove(key);
              },
            ),
            { numRuns: 8 },
          );
        });
      });
    },
  );

  it("gives a URL that other programs can read", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      await bucket.write("a b/ä", new Uint8Array([1, 2]));

      const url = bucket.getUrl("a b/ä");

      expect(url).toMatch(/^file:\/\/\//u);
      expect([...(await readFile(fileURLToPath(url)))]).toEqual([1, 2]);
    });
  });

  it("passes over files that are none of its own", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      const shard = join(bucket.folder, "objects", "00");
      await mkdir(shard);
      await writeFile(join(bucket.folder, "objects", ".DS_Store"), "");
      await writeFile(join(shard, "thumbs.db"), "");
      await writeFile(join(shard, `h-${"0".repeat(64)}`), "");

      expect(await bucket.list().toArray()).toEqual([]);
    });
  });

  it("closes every file that it opens, also of streams that are left or fail", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      await bucket.write("a", new Uint8Array(1_000_000));
      for await (const _ of bucket.stream("a")) break;
      await Promise.allSettled([
        bucket.write("b", failing()),
        bucket.read("a", { end: 1_000_001 }),
        bucket.stream("a", { end: 1_000_001 }).toArray(),
        bucket.stream("a").forEach(() => {
          throw new Error("the reader failed");
        }),
      ]);

      expect(await countOpen(bucket.folder)).toBe(0);
    });
  });

  it("ends what goes on when its block ends, and closes what a stream left open", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const never = new Promise<never>(() => undefined);
      const { bucket, stream, writing } = await asyncWith(
        openFileBucket(folder),
        async (opened) => {
          await opened.write("a", new Uint8Array(1_000_000));
          const items = opened.stream("a");
          await items.next();
          async function* source(): AsyncGenerator<Uint8Array> {
            yield new Uint8Array(10);
            yield await never;
          }
          const endless = from(source(), {
            closeGrace: 0,
            onDetached: () => undefined,
          });
          const write = opened.write("b", endless);
          return {
            bucket: opened,
            stream: items,
            writing: expect(write).rejects.toMatchObject({
              code: "SLUICE_CLOSED",
            }),
          };
        },
      );

      await writing;
      await expect(stream.next()).rejects.toMatchObject({
        code: "SLUICE_CLOSED",
      });
      await expectAllClosed(bucket);
      expect(await countOpen(folder)).toBe(0);
      expect(await readdir(join(folder, "drafts"))).toEqual([]);
    });
  });

  it("tells a folder that has gone from an object that is not there", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      await bucket.write("a", new Uint8Array(10));
      await rename(bucket.folder, `${bucket.folder}-moved`);
      const gone = { code: "STORE_ACCESS", place: bucket.folder };

      await expect(bucket.read("a")).rejects.toMatchObject(gone);
      await expect(bucket.find("a")).rejects.toMatchObject(gone);
      await expect(bucket.remove("a")).rejects.toMatchObject(gone);
      await expect(bucket.write("b", new Uint8Array(1))).rejects.toMatchObject(
        gone,
      );

      await rename(`${bucket.folder}-moved`, bucket.folder);
    });
  });

  it("says which file became shorter while it was read", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      await bucket.write("a", new Uint8Array(1_000_000));
      const file = fileURLToPath(bucket.getUrl("a"));
      const stream = bucket.stream("a");
      await stream.next();
      await truncate(file, 300_000);

      await expect(stream.toArray()).rejects.toMatchObject({
        code: "STORE_ACCESS",
        place: file,
      });
    });
  });

  it.skipIf(getuid?.() === 0)(
    "says what this user may not write, and changes nothing",
    async () => {
      await asyncWith(temporaryBucket(), async (bucket) => {
        const drafts = join(bucket.folder, "drafts");
        await chmod(drafts, 0o500);

        await expect(
          bucket.write("a", new Uint8Array(1)),
        ).rejects.toMatchObject({ code: "STORE_ACCESS" });

        await chmod(drafts, 0o700);
        expect(await bucket.list().toArray()).toEqual([]);
      });
    },
  );

  it("says that a file is where a folder should be", async () => {
    await asyncWith(temporaryBucket(), async (bucket) => {
      const objects = join(bucket.folder, "objects");
      await rm(objects, { recursive: true });
      await writeFile(objects, "");

      await expect(bucket.read("a")).rejects.toMatchObject({
        code: "STORE_ACCESS",
        problem: "a part of it is a file where a folder should be",
      });
      expect((await stat(objects)).isFile()).toBe(true);
    });
  });
});

async function expectAllClosed(bucket: FileBucket): Promise<void> {
  const closed = { code: "SLUICE_CLOSED" };
  const bytes = new Uint8Array(1);
  await expect(bucket.read("a")).rejects.toMatchObject(closed);
  await expect(bucket.find("a")).rejects.toMatchObject(closed);
  await expect(bucket.remove("a")).rejects.toMatchObject(closed);
  await expect(bucket.write("c", bytes)).rejects.toMatchObject(closed);
  await expect(bucket.stream("a").next()).rejects.toMatchObject(closed);
  await expect(bucket.list().next()).rejects.toMatchObject(closed);
}
