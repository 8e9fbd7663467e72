import {
  openSqliteIndex,
  StorageAccessError,
  StorageFullError,
} from "@sluice/store";
import { segmentIndexLaws } from "@sluice/store/contract";
import sqlite from "better-sqlite3";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { asyncWith, ClosedError } from "sluice";
import { describe, expect, it } from "vitest";
import {
  reopenedIndex,
  temporaryIndex,
  temporaryPath,
} from "./temporary-index.ts";

const source = { id: "s", format: "urn:x-nmos:format:video" } as const;

describe("openSqliteIndex()", () => {
  const laws = segmentIndexLaws(temporaryIndex);
  for (const { title, check } of laws) it(title, check);
});

describe("openSqliteIndex(), closed and opened again in between", () => {
  const laws = segmentIndexLaws(reopenedIndex, { runs: 2 });
  for (const { title, check } of laws) it(title, check);
});

describe("openSqliteIndex(), of what cannot be used", () => {
  it("tells that the folder is not there", () =>
    asyncWith(temporaryPath(), async (path) => {
      const inside = join(dirname(path), "none", "index.sqlite");

      await expect(open(inside)).rejects.toThrow(
        new StorageAccessError(inside, "its folder is not there; make it"),
      );
    }));

  it("tells that there is a folder in its place", () =>
    asyncWith(temporaryPath(), async (path) => {
      await mkdir(path);

      await expect(open(path)).rejects.toThrow(StorageAccessError);
      await expect(open(path)).rejects.toThrow("it cannot be opened");
    }));

  it("tells that it is another kind of file, which stays as it is", () =>
    asyncWith(temporaryPath(), async (path) => {
      const text = "no database ".repeat(1000);
      await writeFile(path, text);

      await expect(open(path)).rejects.toThrow("it is not a SQLite database");
      expect(await readFile(path, "utf8")).toBe(text);
    }));

  it("tells that it is damaged", () =>
    asyncWith(temporaryPath(), async (path) => {
      await open(path);
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0xff, 100, 4096));

      await expect(open(path)).rejects.toThrow("it is damaged");
    }));

  it("tells that a newer version has written it, and changes nothing", () =>
    asyncWith(temporaryPath(), async (path) => {
      await open(path);
      setVersion(path, 99);

      await expect(open(path)).rejects.toThrow(StorageAccessError);
      await expect(open(path)).rejects.toThrow("its schema is 99");
      expect(getVersion(path)).toBe(99);
    }));

  it("tells that another process writes, and goes on afterwards", () =>
    asyncWith(temporaryPath(), (path) =>
      asyncWith(openSqliteIndex(path, { busyTimeoutMs: 1 }), async (index) => {
        const other = sqlite(path);
        other.exec("begin immediate");
        const put = () => index.transact("write", (it) => it.putSource(source));

        await expect(put()).rejects.toThrow("another process is writing");
        other.exec("rollback");
        other.close();
        await put();
      }),
    ));
});

describe("an index in a database", () => {
  it("leaves nothing of a writer that there is no room for", () =>
    asyncWith(temporaryPath(), (path) =>
      asyncWith(
        openSqliteIndex(path, { maxSizeBytes: 400_000 }),
        async (index) => {
          const description = "long ".repeat(100_000);
          const put = (more: object) =>
            index.transact("write", (it) =>
              it.putSource({ ...source, ...more }),
            );

          await put({ label: "before" });
          await expect(put({ description })).rejects.toThrow(StorageFullError);
          const found = await index.transact("read", (it) =>
            it.findSource("s"),
          );
          expect(found).toEqual({ ...source, label: "before" });
          await put({ label: "after" });
        },
      ),
    ));

  it("waits on exit for what has begun, and begins nothing more", () =>
    asyncWith(temporaryPath(), async (path) => {
      const ends: unknown[] = [];
      const kept = await asyncWith(openSqliteIndex(path), (index) => {
        const writing = index.transact("write", async (it) => {
          await it.putSource(source);
          await it.findSource("s");
          ends.push("written");
        });
        return { index, writing };
      });
      ends.push("closed");

      expect(ends).toEqual(["written", "closed"]);
      await kept.writing;
      await expect(
        kept.index.transact("read", (it) => it.findSource("s")),
      ).rejects.toThrow(ClosedError);
    }));
});

function open(path: string): Promise<void> {
  return asyncWith(openSqliteIndex(path), () => undefined);
}

function setVersion(path: string, version: number): void {
  const database = sqlite(path);
  database.prepare("update schema_version set version = ?").run(version);
  database.close();
}

function getVersion(path: string): unknown {
  const database = sqlite(path, { readonly: true });
  const version = database
    .prepare("select version from schema_version")
    .pluck()
    .get();
  database.close();
  return version;
}
