import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  FlowNotFoundError,
  FlowProvider,
  InvalidRequestError,
  StoreLockedError,
  type FlowSession,
} from "@sluice/store";
import type { Grain } from "@sluice/media";
import { TimeRange } from "@sluice/time";
import {
  asyncContextManager,
  AsyncExitStack,
  asyncWith,
  ClosedError,
} from "sluice";
import { describe, expect, it } from "vitest";
import { findSample, readFileGrains, toFacts } from "../support/samples.ts";
import { createSeconds, createSoundFlow } from "../support/sound.ts";
import { createWatchedStore } from "../support/watched-store.ts";

const temporaryFolder = asyncContextManager(
  async function* () {
    const folder = await mkdtemp(join(tmpdir(), "sluice-provider-"));
    try {
      yield folder;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  { suppresses: false },
);

describe("the article's program", () => {
  it("reads 480 frames from the 720th on, and then all, with the next in the background", async () => {
    const all = await readFileGrains("h264-aac-25fps.mp4", "video");
    await asyncWith(temporaryFolder(), async (folder) => {
      const storeUrl = pathToFileURL(folder).href;
      const flowId = await asyncWith(
        new FlowProvider(storeUrl),
        async (provider) => {
          const file = findSample("h264-aac-25fps.mp4");
          const { tracks } = await provider.ingest(file);
          return tracks[0]?.id ?? "";
        },
      );
      const config = { prefetch: { segments: 4 } };

      await asyncWith(new FlowProvider(storeUrl), (provider) =>
        asyncWith(provider.openRead(flowId, config), async (reader) => {
          const frames = await reader.read(720, { count: 480 });
          expect(toFacts(frames)).toEqual(toFacts(all.slice(720, 1200)));

          const grains: Grain[] = [];
          for await (const grain of reader.getGrains()) grains.push(grain);
          expect(toFacts(grains)).toEqual(toFacts(all));
        }),
      );
    });
    // It reads a whole minute, and writes it to the disk, safely.
  }, 30_000);

  it("is flat as well", async () => {
    const grains = createSeconds(0, 1);
    const flow = createSoundFlow();
    const stack = new AsyncExitStack();
    const provider = await stack.enter(new FlowProvider("memory:"));
    await asyncWith(provider.openWrite(flow), (writer) =>
      writer.writeAll(grains),
    );

    const reader = await stack.enter(provider.openRead(flow.id));

    expect(await reader.read(0, { count: 48_000 })).not.toEqual([]);
    await stack.disposeAsync();
    expect(() => reader.getGrains()).toThrow(ClosedError);
  });
});

describe("FlowProvider", () => {
  it("does nothing before it is entered", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const place = join(folder, "not", "there");

      const provider = new FlowProvider(pathToFileURL(place));

      await expect(rm(place)).rejects.toMatchObject({ code: "ENOENT" });
      await asyncWith(provider, (session) => session.listFlows().toArray());
      await expect(rm(place)).rejects.not.toMatchObject({ code: "ENOENT" });
    });
  });

  it("opens no reader and no writer before it is entered", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      const flow = createSoundFlow();

      const reading = session.openRead(flow.id);
      session.openWrite(flow);

      expect(await session.listFlows().toArray()).toEqual([]);
      await expect(asyncWith(reading, () => undefined)).rejects.toThrow(
        FlowNotFoundError,
      );
    });
  });

  it("serves for one block", async () => {
    const provider = new FlowProvider("memory:");
    await asyncWith(provider, () => undefined);

    await expect(asyncWith(provider, () => undefined)).rejects.toThrow(
      TypeError,
    );
  });

  it("says which URLs it can open", () => {
    expect(() => new FlowProvider("gopher://media")).toThrow(
      "Cannot open the store 'gopher://media': nothing is known of gopher: URLs; known are file:, http:, https:, memory:",
    );
    expect(() => new FlowProvider("./media")).toThrow(
      "Cannot open the store './media': it is no URL; a folder is file:./media",
    );
    expect(() => new FlowProvider("constructor:x")).toThrow(
      InvalidRequestError,
    );
  });

  it("opens URLs of other schemes by what it is given for them", async () => {
    const urls: string[] = [];
    const schemes = {
      "tams:": (url: string) => {
        urls.push(url);
        return createWatchedStore().manager;
      },
    };

    const flows = await asyncWith(
      new FlowProvider("tams://media", { schemes }),
      (session) => session.listFlows().toArray(),
    );

    expect(flows).toEqual([]);
    expect(urls).toEqual(["tams://media"]);
  });

  it("tells that a folder is open elsewhere", async () => {
    await asyncWith(temporaryFolder(), async (folder) => {
      const url = pathToFileURL(folder).href;
      await asyncWith(new FlowProvider(url), async () => {
        const second = asyncWith(new FlowProvider(url), () => undefined);

        await expect(second).rejects.toThrow(StoreLockedError);
      });
    });
  });

  it("lists all pages of flows", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      for (let count = 0; count < 130; count++) {
        await session.putFlow(createSoundFlow());
      }

      expect(await session.listFlows().toArray()).toHaveLength(130);
      expect(await session.listFlows().take(3).toArray()).toHaveLength(3);
    });
  });

  it("throws ClosedError from everything after its block", async () => {
    const flow = createSoundFlow();
    let late: FlowSession | undefined;
    const listing = await asyncWith(
      new FlowProvider("memory:"),
      async (session) => {
        late = session;
        await session.putFlow(flow);
        return { flows: session.listFlows() };
      },
    );
    const session = late;
    if (session === undefined) throw new Error("There was no session");

    await expect(listing.flows.next()).rejects.toThrow(ClosedError);
    expect(() => session.store).toThrow(ClosedError);
    expect(() => session.listFlows()).toThrow(ClosedError);
    expect(() => session.listSources()).toThrow(ClosedError);
    expect(() => session.openRead(flow.id)).toThrow(ClosedError);
    expect(() => session.openWrite(flow)).toThrow(ClosedError);
    expect(() => session.verify(flow.id)).toThrow(ClosedError);
    const calls = [
      session.getFlow(flow.id),
      session.putFlow(flow),
      session.ingest(new Uint8Array()),
      session.clip([]),
      session.copy(flow.id, createStoreThatIsNotUsed()),
      session.deleteRange(flow.id, TimeRange.eternity),
      session.deleteFlow(flow.id),
    ];
    for (const call of calls) await expect(call).rejects.toThrow(ClosedError);
  });

  it("ends readers that outlive it, and what they load", async () => {
    const store = createWatchedStore();
    const flow = createSoundFlow();
    const inner = new AsyncExitStack();
    const reading = await asyncWith(
      new FlowProvider(store.manager),
      async (session) => {
        await asyncWith(session.openWrite(flow), (writer) =>
          writer.writeAll(createSeconds(0, 3)),
        );
        const reader = await inner.enter(session.openRead(flow.id));
        store.hold(true);
        const reading = reader.getGrains().toArray();
        reading.catch(() => undefined);
        while (store.reads.length === 0) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        setImmediate(() => store.hold(false));
        return { reading, reader };
      },
    );

    await expect(reading.reading).rejects.toThrow(ClosedError);
    expect(store.aborted).not.toEqual([]);
    expect(() => reading.reader.getGrains()).toThrow(ClosedError);
    await inner.aclose();
  });
});

/** Is given where a store is wanted; to use it would fail. */
function createStoreThatIsNotUsed(): FlowSession["store"] {
  return new Proxy({} as FlowSession["store"], {
    get: () => {
      throw new Error("The other store was used");
    },
  });
}
