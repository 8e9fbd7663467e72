import { openContainer, type Grain } from "@sluice/media";
import { FlowProvider, InvalidRequestError } from "@sluice/store";
import { TimeRange } from "@sluice/time";
import { asyncWith, ClosedError } from "sluice";
import { describe, expect, it, vi } from "vitest";
import { findSample } from "../support/samples.ts";

// Files are read, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 30_000 });

async function readPictures(bytes: Uint8Array): Promise<readonly Grain[]> {
  let grains: readonly Grain[] = [];
  await asyncWith(openContainer(bytes), async ({ tracks }) => {
    const video = tracks.find(({ essence }) => essence.kind === "video");
    grains = (await video?.getGrains({ order: "decode" }).toArray()) ?? [];
  });
  return grains;
}

describe("FlowSession.exportMp4()", () => {
  it("writes the packets of a range, with its sound", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      const file = findSample("h264-aac-29.97fps.mp4");
      const { flow, tracks } = await session.ingest(file);
      const timerange = TimeRange.parse("[2:500000000_5:0)");

      const chunks = await session.exportMp4(flow.id, { timerange }).toArray();

      const pictures = await readPictures(Buffer.concat(chunks));
      const id = tracks[0]?.id ?? "";
      const expected = await asyncWith(session.openRead(id), (reader) =>
        reader.getGrainsToDecode({ timerange }).toArray(),
      );
      expect(pictures.map(({ data }) => data)).toEqual(
        expected.map(({ grain }) => grain.data),
      );
      const shown = pictures.filter(
        ({ originTimestamp }) => originTimestamp.nanoseconds >= 0n,
      );
      expect(shown).toHaveLength(
        expected.filter(({ isWanted }) => isWanted).length,
      );
    });
  });

  it("refuses a clip with a cut that a file could not hide", async () => {
    await asyncWith(new FlowProvider("memory:"), async (session) => {
      const file = findSample("h264-aac-29.97fps.mp4");
      const { tracks } = await session.ingest(file);
      const flowId = tracks[0]?.id ?? "";
      const part = { flowId, timerange: TimeRange.parse("[1:0_2:0)") };
      const clip = await session.clip([part, part]);
      const timerange = TimeRange.parse("[0:0_2:0)");

      const exporting = session.exportMp4(clip.id, { timerange }).toArray();

      await expect(exporting).rejects.toThrow(InvalidRequestError);
    });
  });

  it("throws ClosedError after the block", async () => {
    const session = await asyncWith(
      new FlowProvider("memory:"),
      (session) => session,
    );
    const timerange = TimeRange.parse("[0:0_2:0)");

    expect(() => session.exportMp4("", { timerange })).toThrow(ClosedError);
  });
});
