import type { Essence } from "@sluice/media";
import {
  essenceOfFlow,
  flowOfEssence,
  InvalidRequestError,
} from "@sluice/store";
import { Rate } from "@sluice/time";
import { describe, expect, it } from "vitest";

const identity = {
  id: "b6b05efb-6067-4ff8-afac-ec735a85674e",
  source_id: "49578552-fb9e-4d3e-a197-3e3c437a895d",
};

const essences: readonly Essence[] = [
  {
    kind: "video",
    codec: "video/h264",
    codecParameter: "avc1.64001f",
    frameWidth: 1920,
    frameHeight: 1080,
    rate: Rate.of(30_000, 1001),
    pixelAspectRatio: { numerator: 4, denominator: 3 },
    interlaceMode: "interlaced_tff",
    bitDepth: 10,
    componentType: "YCbCr",
    horizontalChromaSubsampling: 2,
    verticalChromaSubsampling: 1,
    colour: {
      primaries: 9,
      transfer: 18,
      matrix: 9,
      isFullRange: undefined,
    },
  },
  {
    kind: "video",
    codec: "video/vp9",
    frameWidth: 640,
    frameHeight: 360,
    colour: { primaries: 1, transfer: 1, matrix: 1, isFullRange: undefined },
  },
  {
    kind: "audio",
    codec: "audio/aac",
    codecParameter: "mp4a.40.2",
    sampleRate: 48_000,
    channels: 2,
    codedFrameSize: 1024,
  },
  ...(["S16_INTERLEAVED", "S24_PLANES", "S32_PAIRS"] as const).map(
    (format): Essence => ({
      kind: "audio",
      codec: "audio/x-raw-int",
      sampleRate: 44_100,
      channels: 3,
      format,
      bitDepth: Number(format.slice(1, 3)),
    }),
  ),
  {
    kind: "audio",
    codec: "audio/x-raw-float",
    sampleRate: 96_000,
    channels: 1,
    format: "DOUBLE_INTERLEAVED",
    bitDepth: 64,
  },
  { kind: "data", codec: "application/json", dataType: "urn:x:events" },
];

describe("flowOfEssence() and essenceOfFlow()", () => {
  for (const essence of essences) {
    it(`keep what TAMS has a place for, of ${essence.codec}`, () => {
      const flow = flowOfEssence(essence, identity);

      expect(flow).toMatchObject(identity);
      expect(essenceOfFlow(flow)).toEqual(essence);
    });
  }

  it("say that a rate varies where there is none", () => {
    const essence: Essence = {
      kind: "video",
      codec: "video/h264",
      frameWidth: 16,
      frameHeight: 16,
    };

    const flow = flowOfEssence(essence, identity);

    expect(flow.essence_parameters).toEqual({
      frame_width: 16,
      frame_height: 16,
      vfr: true,
    });
  });

  it("know that a flow of flows has no essence", () => {
    const format = "urn:x-nmos:format:multi";

    expect(() => essenceOfFlow({ ...identity, format })).toThrow(
      InvalidRequestError,
    );
  });
});
