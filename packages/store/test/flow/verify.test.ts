import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  FlowProvider,
  MemoryBucket,
  ObjectNotFoundError,
  type Finding,
  type FlowSession,
} from "@sluice/store";
import type { Segment } from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import { asyncWith, ClosedError } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../backend/temporary-folder.ts";
import { findSample } from "../support/samples.ts";
import { createSeconds, createSoundFlow } from "../support/sound.ts";
import { createWatchedStore } from "../support/watched-store.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

/** Takes a file in, into a real folder; gives the pictures' flow and its segments. */
async function withPictures(
  body: (
    session: FlowSession,
    flowId: string,
    segments: readonly Segment[],
  ) => Promise<void>,
): Promise<void> {
  await asyncWith(temporaryFolder(), (folder) =>
    asyncWith(new FlowProvider(`file:${folder}`), async (session) => {
      const file = findSample("h264-aac-29.97fps.mp4");
      const { tracks } = await session.ingest(file);
      const flowId = tracks[0]?.id ?? "";
      const { items } = await session.store.listSegments(flowId);
      await body(session, flowId, items);
    }),
  );
}

function findFile(object: Pick<Segment, "get_urls"> | undefined): string {
  return fileURLToPath(object?.get_urls?.[0]?.url ?? "");
}

async function verifyBoth(
  session: FlowSession,
  flowId: string,
): Promise<readonly Finding[]> {
  const shallow = await session.verify(flowId).toArray();
  const deep = await session.verify(flowId, { decode: true }).toArray();
  // What is not as it was written is not taken apart.
  expect(deep).toEqual(shallow);
  return shallow;
}

describe("FlowSession.verify(), of a folder", () => {
  it("finds nothing wrong with what is well", async () => {
    await withPictures(async (session, flowId) => {
      expect(await verifyBoth(session, flowId)).toEqual([]);
    });
  });

  it("finds one bit that is another", async () => {
    await withPictures(async (session, flowId, segments) => {
      const file = findFile(segments[3]);
      const bytes = await readFile(file);
      const place = bytes.length - 100;
      bytes[place] = (bytes[place] ?? 0) ^ 4;
      await writeFile(file, bytes);

      const findings = await verifyBoth(session, flowId);

      expect(findings).toMatchObject([
        {
          problem: "wrong-checksum",
          flowId,
          segment: { timerange: segments[3]?.timerange },
          objectId: segments[3]?.object_id,
        },
      ]);
      expect(findings[0]?.text).toContain("has other bytes");
    });
  });

  it("finds a file that was cut short", async () => {
    await withPictures(async (session, flowId, segments) => {
      const file = findFile(segments[2]);
      const { length } = await readFile(file);
      await truncate(file, length - 1);

      expect(await verifyBoth(session, flowId)).toMatchObject([
        {
          problem: "wrong-size",
          segment: { timerange: segments[2]?.timerange },
          text: `object '${segments[2]?.object_id ?? ""}' has ${length - 1} bytes, and was written with ${length}`,
        },
      ]);
    });
  });

  it("finds a file that is gone", async () => {
    await withPictures(async (session, flowId, segments) => {
      await rm(findFile(segments[1]));

      const findings = await verifyBoth(session, flowId);

      expect(findings).toMatchObject([
        {
          problem: "missing-object",
          segment: { timerange: segments[1]?.timerange },
          objectId: segments[1]?.object_id,
        },
      ]);
      expect(findings[0]?.cause).toBeInstanceOf(ObjectNotFoundError);
    });
  });

  it("finds an initialisation object that is gone, at each segment", async () => {
    await withPictures(async (session, flowId, segments) => {
      const init = segments[0]?.init_object;
      await rm(findFile(init));

      const findings = await verifyBoth(session, flowId);

      expect(findings).toHaveLength(segments.length);
      const [{ text } = { text: "" }] = findings;
      expect(text).toBe(
        `initialisation object '${init?.object_id ?? ""}' is missing`,
      );
    });
  });

  it("looks only at a range, if one is given", async () => {
    await withPictures(async (session, flowId, segments) => {
      await rm(findFile(segments[1]));
      const { timerange = "" } = segments[3] ?? {};

      const findings = session.verify(flowId, {
        timerange: TimeRange.parse(timerange),
      });

      expect(await findings.toArray()).toEqual([]);
    });
  });
});

describe("FlowSession.verify(), of a store that tells less", () => {
  it("tells segments that take what their objects do not have", async () => {
    const { manager } = createWatchedStore();
    await asyncWith(new FlowProvider(manager), async (session) => {
      const flow = createSoundFlow();
      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(createSeconds(0, 3)),
      );
      const { store } = session;
      // Of other stores it is not known that they look at what they are given.
      vi.spyOn(store, "listSegments").mockImplementationOnce(async () => {
        vi.restoreAllMocks();
        const page = await store.listSegments(flow.id, {
          includeObjectTimerange: true,
        });
        const [first, ...others] = page.items;
        const short = { object_timerange: "[0:0_0:500000000)" };
        const items = first === undefined ? [] : [{ ...first, ...short }];
        return { ...page, items: [...items, ...others] };
      });

      const findings = await session.verify(flow.id).toArray();

      expect(findings).toMatchObject([
        { problem: "outside-object", segment: { timerange: "[0:0_1:0)" } },
      ]);
    });
  });

  it("tells objects that cannot be decoded, whose bytes nobody noted", async () => {
    const bucket = new MemoryBucket();
    const { manager } = createWatchedStore(bucket);
    await asyncWith(new FlowProvider(manager), async (session) => {
      const flow = createSoundFlow();
      await asyncWith(session.openWrite(flow), (writer) =>
        writer.writeAll(createSeconds(0, 2)),
      );
      const { items } = await session.store.listSegments(flow.id);
      const key = items[0]?.object_id ?? "";
      await bucket.remove(key);
      await bucket.write(key, new TextEncoder().encode("no sound at all"));
      vi.spyOn(session.store, "describeObject").mockRejectedValue(
        new ObjectNotFoundError(key),
      );

      const shallow = await session.verify(flow.id).toArray();
      const deep = await session.verify(flow.id, { decode: true }).toArray();

      expect(shallow).toEqual([]);
      expect(deep).toMatchObject([
        {
          problem: "undecodable-object",
          segment: { timerange: "[0:0_1:0)" },
          objectId: key,
        },
      ]);
    });
  });

  it("throws ClosedError after the block", async () => {
    const session = await asyncWith(
      new FlowProvider("memory:"),
      (session) => session,
    );

    expect(() => session.verify("any")).toThrow(ClosedError);
  });
});
