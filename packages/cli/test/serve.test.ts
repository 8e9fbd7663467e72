import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { run } from "@sluice/cli";
import { asyncContextManager, asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { answer, temporaryStore } from "./command-line.ts";

interface Served {
  readonly url: string;
  readonly token?: string;
  readonly auth: string;
}

/** Serves while a block runs; gives what `serve` exits with. */
async function serving(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  use: (served: Served) => Promise<unknown>,
): Promise<number> {
  const stop = new AbortController();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let log = "";
  stderr.on("data", (part: Buffer) => {
    log += String(part);
  });
  const exit = run(["serve", "--json", "--port", "0", ...words], {
    stdout,
    stderr,
    env,
    signal: stop.signal,
  });
  try {
    const [line] = (await Promise.race([
      once(stdout, "data"),
      exit.then((code) => {
        throw new Error(`serve has ended with ${code}: ${log}`);
      }),
    ])) as [Buffer];
    await use(JSON.parse(String(line)) as Served);
  } finally {
    stop.abort();
  }
  return exit;
}

/** Takes what is sent to it; the first of it is given. */
const receiver = asyncContextManager(async function* () {
  const server = createServer();
  const received = once(server, "request").then(async ([request, response]) => {
    const event = await json(request as IncomingMessage);
    (response as ServerResponse).end();
    return event;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    yield { port, received };
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

describe("serve", () => {
  it("serves a store to who has the token, until it is told to end", async () => {
    await asyncWith(temporaryStore(), async ({ store }) => {
      const code = await serving(["--store", store], {}, async (served) => {
        const service = `${served.url}service`;
        const headers = { Authorization: `Bearer ${served.token ?? ""}` };

        expect((await fetch(service)).status).toBe(401);
        expect((await fetch(service, { headers })).status).toBe(200);
        expect((await fetch(`${served.url}healthz`)).status).toBe(200);
      });

      expect(code).toBe(0);
    });
  });

  it("tells subscribers of changes, in private networks where that is allowed", async () => {
    await asyncWith(receiver(), async ({ port, received }) => {
      const words = ["--store", "memory:", "--webhook-hosts", "127.0.0.1"];
      const code = await serving(words, {}, async ({ url, token }) => {
        const headers = {
          Authorization: `Bearer ${token ?? ""}`,
          "Content-Type": "application/json",
        };
        const hook = {
          url: `http://127.0.0.1:${port}/`,
          events: ["flows/created"],
        };
        const elsewhere = { ...hook, url: "http://10.0.0.1/" };
        const subscribe = (body: unknown) =>
          fetch(`${url}service/webhooks`, {
            method: "POST",
            headers,
            body: JSON.stringify(body),
          });

        expect((await subscribe(hook)).status).toBe(201);
        expect((await subscribe(elsewhere)).status).toBe(400);
        const id = "4f79cfd1-c057-47f4-8e4d-1b126ca7bf34";
        await fetch(`${url}flows/${id}`, {
          method: "PUT",
          headers,
          body: JSON.stringify({
            id,
            source_id: "2aa143ac-0ab7-4d75-bc32-5c00c13e186f",
            format: "urn:x-nmos:format:data",
            codec: "application/json",
            essence_parameters: {},
          }),
        });

        expect(await received).toMatchObject({
          event_type: "flows/created",
          event: { flow: { id } },
        });
      });

      expect(code).toBe(0);
    });
  });

  it("takes its settings from words, the environment and a file, in this order", async () => {
    await asyncWith(temporaryStore(), async ({ folder }) => {
      const file = join(folder, "serve.json");
      await writeFile(
        file,
        JSON.stringify({ store: "nonsense:", auth: "token", port: 1 }),
      );
      const env = { SLUICE_STORE: "memory:", SLUICE_AUTH: "token" };

      const words = ["--config", file, "--no-auth"];
      const code = await serving(words, env, async ({ url, auth, token }) => {
        expect({ auth, token }).toEqual({ auth: "none", token: undefined });
        expect((await fetch(`${url}service`)).status).toBe(200);
        const headers = { Origin: "https://example.com" };
        expect((await fetch(`${url}service`, { headers })).status).toBe(403);
      });

      expect(code).toBe(0);
    });
  });

  it.each([
    [["--port", "many"], "--port is wrong"],
    [["--port", "70000"], "--port is wrong"],
    [["--token", "short"], "--token is too short"],
    [["--public-url", "x"], "--public-url is wrong"],
    [["--log-level", "loud"], "--log-level is wrong"],
  ])("refuses %j", async (words, told) => {
    const { code, err } = await answer([
      "serve",
      "--store",
      "memory:",
      ...words,
    ]);

    expect(code).toBe(2);
    expect(err).toContain(told);
  });

  it("tells where a wrong setting was found", async () => {
    await asyncWith(temporaryStore(), async ({ folder }) => {
      const file = join(folder, "serve.json");
      await writeFile(file, JSON.stringify({ prot: 4010 }));

      const { code, err } = await answer(["serve", "--config", file]);

      expect(code).toBe(2);
      expect(err).toContain(`'prot' of ${file} is nothing that can be set`);
    });
  });

  it("serves nobody but this machine without authentication", async () => {
    const words = ["serve", "--store", "memory:", "--no-auth"];

    const { code, err } = await answer([...words, "--host", "0.0.0.0"]);

    expect(code).toBe(2);
    expect(err).toContain("without authentication");
  });
});
