import { exportMp4, type AudioGrain, type Grain } from "@sluice/media";
import { MediaUrls } from "@sluice/server";
import {
  FlowProvider,
  openRemoteStore,
  type FlowReader,
  type FlowStore,
  type FlowSession,
} from "@sluice/store";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncContextManager, asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import {
  findSample,
  readFileGrains,
  toFacts,
} from "../../../store/test/support/samples.ts";
import {
  createSeconds,
  createSoundFlow,
  numbersFrom,
  readNumbers,
} from "../../../store/test/support/sound.ts";
import { faultyProxy } from "./faulty-proxy.ts";
import { serveStore } from "./remote-store.ts";

const name = "h264-aac-29.97fps.mp4";
const second = Timestamp.parse("1:0");
const retry = { attempts: 4, firstPauseMs: 1 };

function openSession<R>(
  url: string,
  work: (session: FlowSession) => Promise<R>,
  fetch?: typeof globalThis.fetch,
): Promise<R> {
  const manager = openRemoteStore(url, {
    retry,
    ...(fetch !== undefined && { fetch }),
  });
  return asyncWith(new FlowProvider(manager), work);
}

/** A manager of a store that is open, and stays so. */
const keepOpen = asyncContextManager(async function* (store: FlowStore) {
  yield await Promise.resolve(store);
});

/** Counts the readings of objects; the first one waits until there is another. */
function countMedia(): {
  readonly fetch: typeof globalThis.fetch;
  readonly all: () => number;
  readonly most: () => number;
} {
  let [all, now, most] = [0, 0, 0];
  let release = (): void => undefined;
  const another = new Promise<void>((resolve) => {
    release = resolve;
  });
  const fetch: typeof globalThis.fetch = async (...words) => {
    const [place] = words;
    const url = place instanceof Request ? place.url : place.toString();
    if (!url.includes("/media/")) return globalThis.fetch(...words);
    all += 1;
    now += 1;
    most = Math.max(most, now);
    if (all === 1) await another;
    else release();
    try {
      const response = await globalThis.fetch(...words);
      const { status, headers } = response;
      return new Response(await response.arrayBuffer(), { status, headers });
    } finally {
      now -= 1;
    }
  };
  return { fetch, all: () => all, most: () => most };
}

function toSound(grains: readonly Grain[]): readonly AudioGrain[] {
  return grains.filter((grain) => grain.kind === "audio");
}

async function exportAll(reader: FlowReader): Promise<Buffer> {
  const essence = await reader.readEssence();
  const grains = reader.getGrains({ order: "decode" });
  const range = TimeRange.parse("[0:0_2:0)");
  return Buffer.concat(await exportMp4([{ essence, grains }], range).toArray());
}

describe("a provider at http://", () => {
  it("runs the article's program, and takes files in and writes them out", async () => {
    const all = await readFileGrains(name, "video");
    await asyncWith(serveStore(), async ({ store, url }) => {
      const flowId = await asyncWith(
        new FlowProvider(url),
        async (provider) => {
          const { tracks } = await provider.ingest(findSample(name));
          return tracks[0]?.id ?? "";
        },
      );
      const config = { prefetch: { segments: 4 } };

      const exported = await asyncWith(new FlowProvider(url), (provider) =>
        asyncWith(provider.openRead(flowId, config), async (reader) => {
          const frames = await reader.read(20, { count: 30 });
          expect(toFacts(frames)).toEqual(toFacts(all.slice(20, 50)));

          const grains: Grain[] = [];
          for await (const grain of reader.getGrains()) grains.push(grain);
          expect(toFacts(grains)).toEqual(toFacts(all));
          expect(await provider.verify(flowId).toArray()).toEqual([]);
          return exportAll(reader);
        }),
      );
      const inside = await asyncWith(
        new FlowProvider(keepOpen(store)),
        (provider) => asyncWith(provider.openRead(flowId), exportAll),
      );
      expect(exported.equals(inside)).toBe(true);
    });
  }, 30_000);

  it("loads segments ahead at the same time, and no more than it is told", async () => {
    const flow = createSoundFlow();
    await asyncWith(serveStore(), async ({ url }) => {
      await openSession(url, (session) =>
        asyncWith(
          session.openWrite(flow, { segmentDuration: second }),
          (writer) => writer.writeAll(createSeconds(0, 8)),
        ),
      );
      const counted = countMedia();
      await openSession(
        url,
        (session) =>
          asyncWith(
            session.openRead(flow.id, { prefetch: { segments: 3 } }),
            async (reader) => {
              const grains = await reader.getGrains().toArray();
              expect(readNumbers(toSound(grains))).toEqual(
                numbersFrom(0, 8 * 48_000),
              );
            },
          ),
        counted.fetch,
      );
      expect(counted.all()).toBe(8);
      expect(counted.most()).toBeGreaterThan(1);
      expect(counted.most()).toBeLessThanOrEqual(4);
    });
  }, 30_000);
});

describe("a service whose connections break", () => {
  it("is asked again, for whatever is safe: all is there, once", async () => {
    const flow = createSoundFlow();
    const storage = `POST /flows/${flow.id}/storage`;
    await asyncWith(serveStore(), ({ store, url }) =>
      asyncWith(
        // Each request, but for room, is done once with nobody hearing of it.
        faultyProxy(url, (route, count) =>
          count === 0 && route !== storage ? "lose" : undefined,
        ),
        (proxy) =>
          openSession(proxy.url, async (session) => {
            await asyncWith(
              session.openWrite(flow, { segmentDuration: second }),
              (writer) => writer.writeAll(createSeconds(0, 3)),
            );
            const { items } = await store.listSegments(flow.id);
            expect(items.map(({ timerange }) => timerange)).toEqual([
              "[0:0_1:0)",
              "[1:0_2:0)",
              "[2:0_3:0)",
            ]);
            await asyncWith(session.openRead(flow.id), async (reader) => {
              const grains = await reader.getGrains({ gaps: "fail" }).toArray();
              expect(readNumbers(toSound(grains))).toEqual(
                numbersFrom(0, 3 * 48_000),
              );
            });
            await session.deleteFlow(flow.id);
            expect((await store.listFlows()).items).toEqual([]);
          }),
      ),
    );
  }, 30_000);

  it("is read on where it was cut off", async () => {
    const flow = createSoundFlow();
    await asyncWith(serveStore(), async ({ url }) => {
      await openSession(url, (session) =>
        asyncWith(session.openWrite(flow), (writer) =>
          writer.writeAll(createSeconds(0, 3)),
        ),
      );
      await asyncWith(
        faultyProxy(url, (route, count) =>
          route.startsWith("GET /media/") && count < 3 ? "cut" : undefined,
        ),
        (proxy) =>
          openSession(proxy.url, (session) =>
            asyncWith(session.openRead(flow.id), async (reader) => {
              const grains = await reader.getGrains({ gaps: "fail" }).toArray();
              expect(readNumbers(toSound(grains))).toEqual(
                numbersFrom(0, 3 * 48_000),
              );
              expect(
                proxy.passed.filter((route) => route.startsWith("GET /media/"))
                  .length,
              ).toBeGreaterThan(3);
            }),
          ),
      );
    });
  }, 30_000);

  it("is told of where asking again is not safe, and nothing is on the timeline", async () => {
    const flow = createSoundFlow();
    const storage = `POST /flows/${flow.id}/storage`;
    await asyncWith(serveStore(), ({ store, url }) =>
      asyncWith(
        faultyProxy(url, (route) => (route === storage ? "lose" : undefined)),
        (proxy) =>
          openSession(proxy.url, async (session) => {
            const writing = asyncWith(session.openWrite(flow), (writer) =>
              writer.writeAll(createSeconds(0, 1)),
            );
            await expect(writing).rejects.toMatchObject({
              code: "TAMS_UNREACHABLE",
              mayBeDone: true,
            });
            expect((await store.listSegments(flow.id)).items).toEqual([]);
            expect(
              proxy.passed.filter((route) => route === storage),
            ).toHaveLength(1);
          }),
      ),
    );
  });

  it("takes all of several segments or none, though it is lost among them", async () => {
    const flow = createSoundFlow();
    const segments = `/flows/${flow.id}/segments`;
    await asyncWith(serveStore(), ({ store, url }) =>
      asyncWith(
        // They are registered, and nobody hears of it, nor can look for them.
        faultyProxy(url, (route, count) => {
          if (route === `POST ${segments}`) return "lose";
          return route === `GET ${segments}` && count < 4 ? "drop" : undefined;
        }),
        (proxy) =>
          openSession(proxy.url, async (session) => {
            await session.putFlow({ ...flow, container: "audio/x-wav" });
            const [a, b] = await session.store.allocateObjects(flow.id, {
              limit: 2,
            });
            const adding = session.store.addSegmentsAtomically(flow.id, [
              { object_id: a?.objectId ?? "", timerange: "[0:0_1:0)" },
              { object_id: b?.objectId ?? "", timerange: "[1:0_2:0)" },
            ]);
            await expect(adding).rejects.toMatchObject({
              code: "TAMS_UNREACHABLE",
            });
            expect((await store.listSegments(flow.id)).items).toEqual([]);
          }),
      ),
    );
  });
});

describe("a URL whose time is up", () => {
  it("is renewed, and nobody notices", async () => {
    let now = Date.now();
    const mediaUrls = new MediaUrls({ clock: () => now });
    const flow = createSoundFlow();
    await asyncWith(serveStore({ mediaUrls }), ({ url }) =>
      openSession(url, async ({ store }) => {
        await store.putFlow({ ...flow, container: "audio/x-wav" });
        const [room] = await store.allocateObjects(flow.id, { limit: 1 });
        if (room === undefined) throw new TypeError("There is no room");
        await store.writeObject(room, Uint8Array.of(1, 2));
        const post = { object_id: room.objectId, timerange: "[0:0_1:0)" };
        await store.addSegmentsAtomically(flow.id, [post]);
        const [segment] = (await store.listSegments(flow.id)).items;
        if (segment === undefined) throw new TypeError("There is no segment");
        now += 24 * 3_600_000;
        const presigned = {
          ...segment,
          get_urls: segment.get_urls?.filter((one) => one.presigned) ?? [],
        };

        expect(presigned.get_urls).toHaveLength(1);
        expect(await store.readObject(presigned)).toEqual(Uint8Array.of(1, 2));
      }),
    );
  });
});
