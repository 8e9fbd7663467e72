import { once } from "node:events";
import {
  mkdir,
  readdir,
  readFile,
  readlink,
  writeFile,
} from "node:fs/promises";
import { join, relative } from "node:path";
import { cwd, pid } from "node:process";
import { pathToFileURL } from "node:url";
import { openEmbeddedStore } from "@sluice/store";
import type { FlowPut } from "@sluice/tams";
import sqlite from "better-sqlite3";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { canMount, program, runOnDisk } from "../../programs/program.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const flow = {
  id: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
  source_id: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
  format: "urn:x-nmos:format:audio",
  codec: "audio/x-raw-int",
  container: "audio/wav",
  essence_parameters: { sample_rate: 48_000, channels: 1 },
} as const satisfies FlowPut;

/** Opens a store, and does nothing with it. */
async function openOnce(
  folder: string | URL,
  options: { readonly create?: boolean } = {},
): Promise<void> {
  await asyncWith(openEmbeddedStore(folder, options), () => undefined);
}

async function countOpen(folder: string): Promise<number> {
  const links = await Promise.allSettled(
    (await readdir("/proc/self/fd")).map((fd) =>
      readlink(`/proc/self/fd/${fd}`),
    ),
  );
  return links.filter(
    (link) => link.status === "fulfilled" && link.value.startsWith(folder),
  ).length;
}

describe("openEmbeddedStore()", () => {
  it("keeps flows, segments and bytes from one block to the next", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const bytes = new Uint8Array([1, 2, 3]);
      const place = join(folder, "a", "b");
      const objectId = await asyncWith(
        openEmbeddedStore(place),
        async (store) => {
          await store.putFlow(flow);
          const [allocated] = await store.allocateObjects(flow.id);
          if (allocated === undefined) throw new Error("no room was made");
          await store.writeObject(allocated, bytes);
          await store.addSegmentsAtomically(flow.id, [
            { object_id: allocated.objectId, timerange: "[0:0_1:0)" },
          ]);
          return allocated.objectId;
        },
      );

      await asyncWith(openEmbeddedStore(place), async (store) => {
        const { items } = await store.listSegments(flow.id);
        expect(items.map(({ object_id }) => object_id)).toEqual([objectId]);
        expect(await store.readObject(objectId)).toEqual(bytes);
        const { items: backends } = await store.listStorageBackends();
        expect(backends).toHaveLength(1);
      });
    });
  });

  it("gives objects URLs of files that other programs can read", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await asyncWith(openEmbeddedStore(folder), async (store) => {
        await store.putFlow(flow);
        const [allocated] = await store.allocateObjects(flow.id);
        if (allocated === undefined) throw new Error("no room was made");
        await store.writeObject(allocated, new Uint8Array([1, 2, 3]));
        await store.addSegmentsAtomically(flow.id, [
          { object_id: allocated.objectId, timerange: "[0:0_1:0)" },
        ]);

        const { items } = await store.listSegments(flow.id);

        const url = new URL(items[0]?.get_urls?.[0]?.url ?? "");
        expect([...(await readFile(url))]).toEqual([1, 2, 3]);
      });
    });
  });

  it("takes a path, relative or not, and a file: URL", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const place = join(folder, "a store");
      await openOnce(place);
      const create = { create: false };

      await openOnce(relative(cwd(), place), create);
      await openOnce(`file:${relative(cwd(), place)}`, create);
      await openOnce(pathToFileURL(place), create);
      await openOnce(pathToFileURL(place).href, create);
    });
  });

  it("refuses, at once, what is no folder's place", () => {
    expect(() => openEmbeddedStore("")).toThrow(TypeError);
    expect(() => openEmbeddedStore("file:")).toThrow(TypeError);
    expect(() => openEmbeddedStore(new URL("https://a.example/"))).toThrow(
      TypeError,
    );
  });

  it("does nothing before it is entered, and leaves no file open after its block", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const manager = openEmbeddedStore(join(folder, "store"));
      expect(await readdir(folder)).toEqual([]);

      await asyncWith(manager, () => undefined);

      expect(await countOpen(folder)).toBe(0);
      expect((await readdir(join(folder, "store"))).sort()).toEqual([
        "index.sqlite",
        "lock",
        "media",
        "store.json",
      ]);
    });
  });

  it("passes on what its block throws, and is closed then", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const reason = new Error("the block failed");

      await expect(
        asyncWith(openEmbeddedStore(folder), () => {
          throw reason;
        }),
      ).rejects.toBe(reason);

      await openOnce(folder);
    });
  });

  it("makes no store where it may not", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const missing = join(folder, "missing");

      await expect(openOnce(missing, { create: false })).rejects.toMatchObject({
        code: "STORE_ACCESS",
        place: missing,
      });
      await expect(openOnce(folder, { create: false })).rejects.toMatchObject({
        code: "STORE_ACCESS",
        message: `Cannot use '${folder}': there is no store in it; write something into one there first, or name another folder`,
      });

      expect(await readdir(folder)).toEqual([]);
    });
  });
});

describe("openEmbeddedStore(), on a folder that it cannot have", () => {
  it("names who has it open: this process", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await asyncWith(openEmbeddedStore(folder), async () => {
        await expect(openOnce(folder)).rejects.toMatchObject({
          code: "STORE_LOCKED",
          message: `Cannot open the store in '${folder}': this process (${pid}) has it open; close that, or go through its server`,
        });
      });
    });
  });

  it(
    "names who has it open: another process; and has it once that is killed",
    { timeout: 60_000 },
    async () => {
      await asyncWith(temporaryFolder(), async (folder) => {
        await asyncWith(program("hold-store.mjs", folder), async (child) => {
          await once(child.stdout, "data");
          await expect(openOnce(folder)).rejects.toMatchObject({
            code: "STORE_LOCKED",
            owner: `process ${child.pid ?? 0}`,
          });

          child.kill("SIGKILL");
          await once(child, "exit");

          await openOnce(folder);
        });
      });
    },
  );

  it("leaves a folder alone that has something else in it", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await writeFile(join(folder, "thesis.txt"), "mine");

      await expect(openOnce(folder)).rejects.toMatchObject({
        code: "STORE_ACCESS",
        message: `Cannot use '${folder}': it is no store, and has something else in it ('thesis.txt'); take an empty folder, or a new one`,
      });

      expect(await readdir(folder)).toEqual(["thesis.txt"]);
    });
  });

  it("takes a folder in which a system has left its own files", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await writeFile(join(folder, ".DS_Store"), "");
      await mkdir(join(folder, "lost+found"));

      await openOnce(folder);
    });
  });

  it("goes on where a process was killed while it made the store", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await writeFile(join(folder, "lock"), "");
      await writeFile(join(folder, "owner.json"), "");
      await writeFile(join(folder, "store.json.new"), "{");

      await openOnce(folder);

      await openOnce(folder, { create: false });
    });
  });

  it("says that a file is where the folder should be", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const file = join(folder, "file");
      await writeFile(file, "mine");

      await expect(openOnce(file)).rejects.toMatchObject({
        code: "STORE_ACCESS",
        place: file,
      });

      expect(await readFile(file, "utf8")).toBe("mine");
    });
  });

  it.each([
    ['{"format":"sluice-store","version":2}', "a newer version of Sluice"],
    ['{"format":"other","version":1}', "it does not say that this is a store"],
    ["no JSON", "it does not say that this is a store"],
    ["null", "it does not say that this is a store"],
    ['{"format":"sluice-store","version":1}', "it does not tell the storage's"],
  ])("refuses a store that says of itself: %s", async (text, problem) => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await openOnce(folder);
      await writeFile(join(folder, "store.json"), text);

      await expect(openOnce(folder)).rejects.toMatchObject({
        code: "STORE_ACCESS",
        problem: expect.stringContaining(problem) as unknown,
      });

      expect(await readFile(join(folder, "store.json"), "utf8")).toBe(text);
    });
  });

  it("refuses an index that is damaged, and changes nothing of it", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      await openOnce(folder);
      const index = join(folder, "index.sqlite");
      const damaged = Buffer.alloc(100_000, "no database");
      await writeFile(index, damaged);

      await expect(openOnce(folder)).rejects.toMatchObject({
        code: "STORE_ACCESS",
      });

      expect(damaged.equals(await readFile(index))).toBe(true);
      expect(sqlite(join(folder, "lock")).close().open).toBe(false);
    });
  });
});

// Processes take long to start where many tests run.
describe.skipIf(!canMount())(
  "a store on a disk of its own",
  { timeout: 60_000 },
  () => {
    it("says that the disk can only be read", async () => {
      await asyncWith(temporaryFolder(), async (folder) => {
        await openOnce(folder);
        const mount = `mount --bind "${folder}" "${folder}" && mount -o remount,bind,ro "${folder}"`;

        const told = runOnDisk("open-store.mjs", folder, { mount });

        expect(told).toMatchObject({ code: "STORE_ACCESS" });
        await openOnce(folder);
      });
    });

    it("says that the disk is full, keeps what was there, and goes on once there is room", async () => {
      await asyncWith(temporaryFolder(), (folder) => {
        const mount = `mount -t tmpfs -o size=4m tmpfs "${folder}"`;

        const told = runOnDisk("fill-disk.mjs", folder, { mount });

        expect(told).toMatchObject({
          drafts: [],
          failed: [{ code: "STORE_FULL" }],
          isGoingOn: true,
          bucket: { code: "STORE_FULL", left: 0 },
        });
        const { written, whole } = told as { written: number; whole: number };
        expect(written).toBeGreaterThan(5);
        expect(whole).toBe(written);
      });
    });
  },
);
