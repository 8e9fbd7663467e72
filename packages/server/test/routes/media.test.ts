import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { allocate, ids, putFlow } from "../support/documents.ts";
import { serveMemory, type Ask } from "../support/serve-memory.ts";

interface Url {
  readonly url: string;
  readonly presigned?: boolean;
}

const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

/** Writes an object and registers it; gives its URLs. */
async function store(
  ask: Ask,
  objectId: string,
): Promise<{ readonly putUrl: string; readonly urls: readonly Url[] }> {
  await putFlow(ask);
  const [place] = await allocate(ask, ids.flow, { object_ids: [objectId] });
  const putUrl = place?.put_url.url ?? "";
  expect((await ask("PUT", putUrl, { body: bytes })).status).toBe(200);
  const post = { object_id: objectId, timerange: "[0:0_1:0)" };
  await ask("POST", `/flows/${ids.flow}/segments`, { json: post });
  const list = await ask("GET", `/flows/${ids.flow}/segments`);
  const [segment] = (await list.json()) as { get_urls: Url[] }[];
  return { putUrl, urls: segment?.get_urls ?? [] };
}

describe("/media", () => {
  it("gives back what was put, by a presigned URL and by a plain one", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const { urls } = await store(ask, "a/../%2F?#+é");

      expect(urls.map(({ presigned }) => presigned)).toEqual([true, undefined]);
      for (const { url } of urls) {
        const response = await ask("GET", url);
        expect(response.status).toBe(200);
        expect(response.headers.get("Content-Type")).toBe("video/mp2t");
        expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
      }
    });
  });

  it.each([
    ["bytes=0-0", 206, "bytes 0-0/1000", 1],
    ["bytes=990-", 206, "bytes 990-999/1000", 10],
    ["bytes=990-5000", 206, "bytes 990-999/1000", 10],
    ["bytes=-5", 206, "bytes 995-999/1000", 5],
    ["bytes=-5000", 206, "bytes 0-999/1000", 1000],
    ["bytes=1000-", 416, "bytes */1000", 0],
    ["bytes=-0", 416, "bytes */1000", 0],
    ["bytes=5-1", 200, null, 1000],
    ["bytes=0-1,5-6", 200, null, 1000],
    ["lines=0-1", 200, null, 1000],
  ])("answers %s with %i", async (range, status, contentRange, length) => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const { urls } = await store(ask, "object");
      const headers = { Range: range };
      const [get, head] = [
        await ask("GET", urls[0]?.url ?? "", { headers }),
        await ask("HEAD", urls[0]?.url ?? "", { headers }),
      ];

      for (const response of [get, head]) {
        expect(response.status).toBe(status);
        expect(response.headers.get("Content-Range")).toBe(contentRange);
        expect(response.headers.get("Content-Length")).toBe(String(length));
      }
      expect((await get.arrayBuffer()).byteLength).toBe(length);
      expect((await head.arrayBuffer()).byteLength).toBe(0);
    });
  });

  it("knows its entity tag", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const { urls } = await store(ask, "object");
      const url = urls[0]?.url ?? "";
      const tag = (await ask("HEAD", url)).headers.get("ETag") ?? "";

      const answers = await Promise.all([
        ask("GET", url, { headers: { "If-None-Match": tag } }),
        ask("GET", url, { headers: { "If-Match": '"other"' } }),
        ask("GET", url, { headers: { "If-Match": tag, Range: "bytes=1-2" } }),
        ask("GET", url, { headers: { "If-Range": '"x"', Range: "bytes=1-2" } }),
      ]);

      expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
      expect(answers.map(({ status }) => status)).toEqual([304, 412, 206, 200]);
    });
  });

  it("refuses a URL that was changed, is for another verb, or too old", async () => {
    let now = Date.now();
    const { MediaUrls } = await import("@sluice/server");
    const mediaUrls = new MediaUrls({ clock: () => now });
    await asyncWith(serveMemory({ mediaUrls }), async ({ ask }) => {
      const { urls, putUrl } = await store(ask, "object");
      const url = urls[0]?.url ?? "";
      const { createUrls } = new MediaUrls();
      const foreign = createUrls("object", {
        id: ids.unknown,
        store_type: "http_object_store",
        provider: "",
        store_product: "",
      })[0]?.url.replace(/^.*\?/, "");
      const changed = [
        `${url}A`,
        url.replace(/token=./, "token=_"),
        url.replace(/\/media\/[^?]*/, "/media/b3RoZXI"),
        url.replace(/token=.*/, "token="),
        url.replace(/\?.*/, `?${foreign ?? ""}`),
        putUrl,
      ];

      for (const one of changed) {
        expect((await ask("GET", one)).status, one).toBe(403);
      }
      expect((await ask("PUT", url, { body: bytes })).status).toBe(403);
      now += 1_800_000;
      expect((await ask("GET", url)).status).toBe(200);
      now += 61_000;
      expect((await ask("GET", url)).status).toBe(403);
    });
  });

  it("takes an object once", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      const { putUrl } = await store(ask, "object");

      const again = await ask("PUT", putUrl, { body: "other" });

      expect(again.status).toBe(400);
      expect(await again.json()).toMatchObject({ type: "STORE_OBJECT_EXISTS" });
    });
  });

  it("takes an object by a plain URL, which names where it goes", async () => {
    await asyncWith(serveMemory(), async ({ ask, store: flows }) => {
      await putFlow(ask);
      const [place] = await allocate(ask, ids.flow, { presigned: false });
      const url = place?.put_url.url ?? "";

      expect(place?.presigned).toBe(false);
      expect((await ask("PUT", url.replace(/\?.*/, ""))).status).toBe(400);
      expect((await ask("PUT", url, { body: bytes })).status).toBe(200);
      const read = await flows.readObject(place?.object_id ?? "");
      expect(new Uint8Array(read)).toEqual(bytes);
    });
  });

  it("takes no more bytes than it is told to", async () => {
    const limits = { maxObjectBytes: 100 };
    await asyncWith(serveMemory({ limits }), async ({ ask }) => {
      await putFlow(ask);
      const [place] = await allocate(ask, ids.flow, {});
      const url = place?.put_url.url ?? "";

      const answers = [
        await ask("PUT", url, { body: new Blob([bytes]).stream() }),
        await ask("PUT", url, { body: bytes.subarray(0, 100) }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([413, 200]);
    });
  });

  it("has nothing at a key that is none, or whose bytes are not there", async () => {
    await asyncWith(serveMemory(), async ({ ask }) => {
      await putFlow(ask);
      await allocate(ask, ids.flow, { object_ids: ["a"] });

      for (const key of ["..%2F..%2Fetc%2Fpasswd", "a", "YQ", "YQ==", "Y_-"]) {
        expect((await ask("GET", `/media/${key}`)).status, key).toBe(404);
      }
    });
  });
});
