import type { FlowStore } from "@sluice/store";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { addSeconds, ids, putFlow } from "../support/documents.ts";
import { serveMemory, type Ask } from "../support/serve-memory.ts";
import {
  createRandom,
  makeRequest,
  type ApiPath,
  type RandomRequest,
} from "./random-request.ts";

const total = Number(process.env["FUZZ_REQUESTS"] ?? "1000");
const seed = Number(process.env["FUZZ_SEED"] ?? "1");
// Each of so many requests begins with a store of its own.
const perStore = 200;

interface Description {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters: {
              readonly name: string;
              readonly in: string;
            }[];
          }
        >
      >
    >
  >;
}

async function listPaths(ask: Ask): Promise<readonly ApiPath[]> {
  const response = await ask("GET", "/openapi.json");
  const { paths } = (await response.json()) as Description;
  const found = Object.entries(paths).map(([path, operations]) => ({
    path,
    query: Object.values(operations).flatMap(({ parameters }) =>
      parameters.flatMap((each) => (each.in === "query" ? [each.name] : [])),
    ),
  }));
  const others = ["/healthz", "/readyz", "/openapi.json", "/nowhere"];
  return [...found, ...others.map((path) => ({ path, query: [] }))];
}

/** All that can be seen of a store. */
async function see(store: FlowStore): Promise<string> {
  const flows = await store.listFlows();
  const parts: unknown[] = [
    await store.getService(),
    await store.listProfiles(),
    await store.listSources(),
    flows,
    await store.listDeletionRequests(),
  ];
  for (const { id } of flows.items) {
    parts.push(await store.listSegments(id, { presigned: false }));
  }
  return JSON.stringify(parts);
}

async function prepare(ask: Ask): Promise<void> {
  await putFlow(ask);
  await putFlow(ask, { id: ids.other, source_id: ids.otherSource });
  await addSeconds(ask, ids.other, { count: 3 });
}

async function run(
  ask: Ask,
  store: FlowStore,
  request: RandomRequest,
): Promise<number> {
  const { method, path, headers, body } = request;
  const before = await see(store);
  const response = await ask(method, path, {
    headers,
    ...(body !== undefined && { body }),
  });
  const told = JSON.stringify({ ...request, body: body?.slice(0, 500) });
  expect(response.status, told).toBeLessThan(500);
  await response.arrayBuffer();
  if (response.status >= 400) expect(await see(store), told).toBe(before);
  return response.status;
}

describe("the server, of any request", () => {
  it(
    `answers without failing, and changes nothing if it refuses (${total} requests)`,
    { timeout: 60_000 + total * 50 },
    async () => {
      const random = createRandom(seed);
      const seen = new Set<number>();
      for (let done = 0; done < total; done += perStore) {
        await asyncWith(serveMemory(), async ({ ask, store }) => {
          const paths = await listPaths(ask);
          await prepare(ask);
          const count = Math.min(perStore, total - done);
          for (let at = 0; at < count; at += 1) {
            seen.add(await run(ask, store, makeRequest(random, paths)));
          }
        });
      }

      // It gets further than to the door.
      expect([...seen]).toEqual(
        expect.arrayContaining([200, 201, 204, 400, 403, 404, 405]),
      );
    },
  );
});
