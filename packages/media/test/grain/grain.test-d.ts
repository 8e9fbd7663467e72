import {
  createAudioGrain,
  createVideoGrain,
  readGsf,
  readGsfParts,
  type AudioGrain,
  type Grain,
  type GsfGrain,
  type GsfHead,
  type GsfPart,
  type VideoFormat,
} from "@sluice/media";
import type { Stream } from "sluice";
import { describe, expectTypeOf, it } from "vitest";

declare const grain: Grain;
declare const part: GsfPart;

describe("Grain", () => {
  it("is told apart by its kind", () => {
    if (grain.kind === "audio") expectTypeOf(grain).toEqualTypeOf<AudioGrain>();
    if (grain.kind === "coded-video") {
      expectTypeOf(grain.isKeyFrame).toEqualTypeOf<boolean | undefined>();
    }
    expectTypeOf(grain.kind).toEqualTypeOf<
      "video" | "coded-video" | "audio" | "coded-audio" | "data" | "empty"
    >();
    // @ts-expect-error -- not every grain has samples
    expectTypeOf(grain.samples).toBeNumber();
  });

  it("cannot be changed", () => {
    // @ts-expect-error -- it is read-only
    grain.data = new Uint8Array(0);
    expectTypeOf(grain.timeLabels).not.toHaveProperty("push");
  });

  it("has formats by name, or by number", () => {
    expectTypeOf<"U8_420">().toExtend<VideoFormat>();
    expectTypeOf<"0x123">().toExtend<VideoFormat>();
    expectTypeOf<"H264">().not.toExtend<VideoFormat>();
    expectTypeOf(createVideoGrain).parameter(0).toHaveProperty("width");
    expectTypeOf(createAudioGrain).returns.toEqualTypeOf<AudioGrain>();
  });
});

describe("readGsf() and readGsfParts()", () => {
  it("give streams of grains and of parts", () => {
    expectTypeOf(readGsf).returns.toEqualTypeOf<Stream<GsfGrain>>();
    expectTypeOf(readGsfParts).returns.toEqualTypeOf<Stream<GsfPart>>();
    if (part.kind === "head") expectTypeOf(part).toEqualTypeOf<GsfHead>();
  });
});
