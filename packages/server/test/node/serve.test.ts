import { connect } from "node:net";
import { once } from "node:events";
import { MediaUrls, type AppOptions } from "@sluice/server";
import { serve, type ServeOptions } from "@sluice/server/node";
import { openMemoryStore, type FlowStore } from "@sluice/store";
import { TamsClient } from "@sluice/tams";
import { asyncContextManager, asyncWith, AsyncExitStack } from "sluice";
import { describe, expect, it } from "vitest";
import { ids, videoFlow } from "../support/documents.ts";

interface Listening {
  readonly url: string;
  readonly store: FlowStore;
  /** Stops the server; the store stays open. */
  readonly stop: () => Promise<void>;
}

const listen = asyncContextManager(async function* (
  options: ServeOptions & AppOptions = {},
): AsyncGenerator<Listening, void, void> {
  const mediaUrls = new MediaUrls();
  await using stack = new AsyncExitStack();
  const { createUrls } = mediaUrls;
  const store = await stack.enter(openMemoryStore({ createUrls }));
  const inner = new AsyncExitStack();
  stack.defer(() => inner.aclose());
  const { url } = await inner.enter(serve(store, { mediaUrls, ...options }));
  yield { url, store, stop: () => inner.aclose() };
});

async function prepareUpload(url: string): Promise<string> {
  const flow = videoFlow();
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(flow);
  await fetch(`${url}flows/${ids.flow}`, { method: "PUT", headers, body });
  const made = await fetch(`${url}flows/${ids.flow}/storage`, {
    method: "POST",
    body: JSON.stringify({ object_ids: ["object"] }),
  });
  const { media_objects: places } = (await made.json()) as {
    media_objects: { put_url: { url: string } }[];
  };
  return places[0]?.put_url.url ?? "";
}

describe("serve()", () => {
  it("serves our own client", async () => {
    await asyncWith(listen(), async ({ url }) => {
      const service = await new TamsClient(url).service.get();

      expect(service.api_version).toBe("8.2");
    });
  });

  it("refuses connections once its block has ended", async () => {
    await asyncWith(listen(), async ({ url, stop }) => {
      expect((await fetch(`${url}healthz`)).status).toBe(200);

      await stop();

      await expect(fetch(`${url}healthz`)).rejects.toThrow();
    });
  });

  it("finishes an upload that has begun when it is stopped", async () => {
    await asyncWith(listen(), async ({ url, store, stop }) => {
      const put = new URL(await prepareUpload(url));
      const socket = connect(Number(put.port), put.hostname);
      socket.write(
        `PUT ${put.pathname}${put.search} HTTP/1.1\r\nHost: ${put.host}\r\nContent-Length: 6\r\n\r\nabc`,
      );
      await socketIsServed(url);
      const stopped = stop();

      socket.write("def");
      const [answer] = (await once(socket, "data")) as [Buffer];
      await stopped;

      expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer.toString()).toMatch(/connection: close/i);
      expect(await text(store)).toBe("abcdef");
    });
  });

  it("cuts off what takes too long when it is stopped, and keeps nothing of it", async () => {
    await asyncWith(listen({ stopTimeoutMs: 20 }), async (server) => {
      const put = new URL(await prepareUpload(server.url));
      const socket = connect(Number(put.port), put.hostname);
      socket.on("error", () => {});
      socket.write(
        `PUT ${put.pathname}${put.search} HTTP/1.1\r\nHost: ${put.host}\r\nContent-Length: 6\r\n\r\nabc`,
      );
      await socketIsServed(server.url);

      const closed = once(socket, "close");
      await server.stop();
      await closed;

      await expect(text(server.store)).rejects.toThrow("no object 'object'");
    });
  });

  it("keeps nothing of an upload that is cut off, and takes it again", async () => {
    await asyncWith(listen(), async ({ url, store }) => {
      const put = await prepareUpload(url);
      const aborted = fetch(put, {
        method: "PUT",
        duplex: "half",
        body: new ReadableStream({
          pull(controller) {
            controller.enqueue(new TextEncoder().encode("abc"));
            controller.error(new Error("cut"));
          },
        }),
      } as RequestInit);
      await expect(aborted).rejects.toThrow();

      // Until what was cut off is given up, the object is being written.
      await expect
        .poll(
          async () =>
            (await fetch(put, { method: "PUT", body: "whole" })).status,
        )
        .toBe(200);

      expect(await text(store)).toBe("whole");
    });
  });

  it("answers what is no HTTP, and headers that are too long, and lives on", async () => {
    await asyncWith(listen(), async ({ url }) => {
      const { port, hostname } = new URL(url);
      const answers = [];
      for (const words of [
        "nonsense\r\n\r\n",
        `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
        "GET / HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET http://[::1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
      ]) {
        const socket = connect(Number(port), hostname);
        socket.end(words);
        const parts: Buffer[] = [];
        socket.on("data", (part: Buffer) => parts.push(part));
        await once(socket, "close");
        answers.push(Buffer.concat(parts).toString().slice(9, 12));
      }

      expect(answers).toEqual([
        "400",
        "431",
        "400",
        "404",
        "405",
        "400",
        "400",
      ]);
      expect((await fetch(`${url}healthz`)).status).toBe(200);
    });
  });

  it("answers to no other name than this machine's, where nobody is asked who they are", async () => {
    await asyncWith(listen(), async ({ url }) => {
      const { port, hostname } = new URL(url);
      const socket = connect(Number(port), hostname);
      socket.end(
        "GET /flows HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
      );
      const [part] = (await once(socket, "data")) as [Buffer];

      expect(part.toString().slice(9, 12)).toBe("403");
    });
  });

  it("tells that a port is taken", async () => {
    await asyncWith(listen(), async ({ url, store }) => {
      const port = Number(new URL(url).port);

      await expect(
        asyncWith(serve(store, { port }), () => undefined),
      ).rejects.toMatchObject({ code: "EADDRINUSE" });
    });
  });
});

/** Waits until the requests that were sent before have been begun: those of one process are taken in turn. */
async function socketIsServed(url: string): Promise<void> {
  await expect
    .poll(async () => {
      const metrics = await (await fetch(`${url}metrics`)).text();
      return /http_requests_under_way (\d+)/.exec(metrics)?.[1];
    })
    .toBe("2");
}

async function text(store: FlowStore): Promise<string> {
  return new TextDecoder().decode(await store.readObject("object"));
}
