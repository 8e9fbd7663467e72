import { openContainer, type Grain } from "@sluice/media";
import { Rate, TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { hasFfmpeg, whereFfmpegIs } from "../support/ffmpeg.ts";
import { createAdts } from "../support/small-adts.ts";
import {
  copyIntoMp4,
  h264,
  make,
  pictures,
  readGrains,
  readTrack,
  sine,
} from "../support/tracks.ts";

describe("The times of ADTS", () => {
  it("are whole samples, which the sum of floating seconds is not", async () => {
    const grains = await readTrack(createAdts(3000), 0);

    let [seconds, wrong] = [0, 0];
    for (const [frame, { originTimestamp }] of grains.entries()) {
      const exact = Timestamp.fromCount(frame * 1024, Rate.of(48_000));
      expect(`${originTimestamp}`).toBe(`${exact}`);
      if (Math.floor(seconds * 48_000) !== frame * 1024) wrong += 1;
      seconds += 1024 / 48_000;
    }
    expect(wrong).toBeGreaterThan(100);
  });

  it("find the frame that begins at an instant, and not the one before", async () => {
    const file = createAdts(1000);
    const step = Rate.of(48_000, 1024);

    await asyncWith(openContainer(file), async ({ tracks: [track] }) => {
      for (let frame = 0; frame < 1000; frame += 7) {
        const start = Timestamp.fromCount(frame, step);
        const timeRange = TimeRange.at(start);
        const grains = await readGrains(track, { timeRange });
        expect(grains.map((grain) => grain.data[0])).toEqual([frame % 256]);
      }
    });
  });
});

describe.skipIf(!hasFfmpeg)(
  `Times ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it("of AAC in MP4 begin below zero, where the decoder settles", async () => {
      const file = make("a.mp4", `${sine(48_000)} -c:a aac`);

      const [first, second] = await readTrack(file, 0);

      expect(`${first?.originTimestamp}`).toBe("-0:21333333");
      expect(`${second?.originTimestamp}`).toBe("0:0");
    });

    it("of the last frame of AAC tell what only fills it", async () => {
      const file = make("a.mp4", `${sine(48_000)} -c:a aac`);

      const last = (await readTrack(file, 0)).at(-1);

      // 96000 samples are 93 frames and 768 more.
      expect(last).toMatchObject({ samples: 1024, remainder: 256 });
      expect(last?.duration).toEqual({ numerator: 768, denominator: 48_000 });
    });

    it.each(["opus.webm", "opus.ogg", "opus.mp4"])(
      "of %s begin as early as the decoder drops, to the sample",
      async (name) => {
        const file = make(name, `${sine(48_000)} -c:a libopus`);

        const [first, second] = await readTrack(file, 0);

        expect(`${first?.originTimestamp}`).toBe("-0:6500000");
        expect(first).toMatchObject({ samples: 960, priming: 312 });
        expect(`${second?.originTimestamp}`).toBe("0:13500000");
        expect(second).toMatchObject({ samples: 960, priming: 0 });
      },
    );

    it("of Opus in Ogg are right where several packets are dropped", async () => {
      const words = `${sine(48_000)} -c:a libopus -frame_duration 2.5`;
      const grains = await readTrack(make("opus.ogg", words), 0);

      const starts = grains
        .slice(0, 4)
        .map((grain) => `${grain.originTimestamp}`);
      expect(starts).toEqual(["-0:2500000", "0:0", "0:2500000", "0:5000000"]);
    });

    it.each(["24000/1001", "30000/1001", "60000/1001"])(
      "of %s pictures a second in Matroska are frames, not milliseconds",
      async (rate) => {
        const file = make("a.mkv", `${pictures(rate)} ${h264}`);

        const grains = await readTrack(file, 0, { order: "presentation" });

        const first = grains[0]?.originTimestamp ?? Timestamp.zero;
        expect(grains.map((grain) => `${grain.originTimestamp}`)).toEqual(
          grains.map((_, frame) => {
            const step = Timestamp.fromCount(frame, Rate.parse(rate));
            return `${first.add(step)}`;
          }),
        );
        expect(grains.at(-1)?.duration).toEqual({
          numerator: Rate.parse(rate).denominator,
          denominator: Rate.parse(rate).numerator,
        });
      },
    );

    it("of pictures that are cut by an edit list are moved, and none is lost", async () => {
      const whole = make("a.mp4", `${pictures("25")} ${h264}`);
      const cut = copyIntoMp4(whole, "-ss 1.3");

      const shown = await readTrack(cut, 0, { order: "presentation" });

      // The key frame before 1.3 s is at 0.8 s.
      expect(`${shown[0]?.originTimestamp}`).toMatch(/^-0:[45]\d{8}$/);
      expect(shown).toHaveLength(30);
      expect(stepsOf(shown)).toEqual(new Set(["0:40000000"]));
    });

    it("of a late track begin late", async () => {
      const words = `${pictures("25")} -itsoffset 0.5 ${sine(48_000)} ${h264} -c:a aac`;
      const file = make("a.mp4", words);

      const [first] = await readTrack(file, 1);

      const start = first?.originTimestamp ?? Timestamp.zero;
      // 0.5 s less a frame is 478.7 ms, and ffmpeg writes whole ones.
      expect(`${start}`).toBe("0:478000000");
    });

    it("of a variable rate are those of the file, and no rate is told", async () => {
      const filter = "settb=1/90000,setpts=N*3600+1080*mod(N\\,3)";
      const words = `${pictures("25")} -vf ${filter} -vsync passthrough -enc_time_base 1/90000 -video_track_timescale 90000 ${h264}`;

      const shown = await readTrack(make("a.mp4", words), 0, {
        order: "presentation",
      });

      expect(shown[0]?.rate).toBeUndefined();
      expect(stepsOf(shown)).toEqual(new Set(["0:52000000", "0:16000000"]));
      expect(shown[0]?.duration).toEqual({
        numerator: 4680,
        denominator: 90_000,
      });
    });

    it("of a constant rate with a gap are frames, the one before it a longer one", async () => {
      const filter = "select='not(between(n,20,22))'";
      const words = `${pictures("25")} -vf ${filter.replaceAll(",", "\\,")} -vsync vfr ${h264}`;

      const shown = await readTrack(make("a.mp4", words), 0, {
        order: "presentation",
      });

      expect(`${shown[0]?.rate}`).toBe("25");
      expect(shown[19]?.duration).toEqual({
        numerator: 4,
        denominator: 25,
      });
    });
  },
);

describe.skipIf(!hasFfmpeg)(
  `Grains of a range ${whereFfmpegIs}`,
  { timeout: 60_000 },
  () => {
    it.each(["open.mp4", "open.mkv"])(
      "of %s are those presented within, in both orders",
      async (name) => {
        const coding = `${h264} -x264-params open-gop=1:b-pyramid=normal`;
        const file = make(name, `${pictures("30000/1001")} ${coding}`);
        const all = await readTrack(file, 0);
        const sorted = [...all].sort((a, b) =>
          Timestamp.compare(a.originTimestamp, b.originTimestamp),
        );

        await asyncWith(openContainer(file), async ({ tracks: [track] }) => {
          for (let from = 0; from < sorted.length; from += 11) {
            const start = sorted[from]?.originTimestamp;
            const end = sorted[from + 13]?.originTimestamp;
            const timeRange = TimeRange.of(start, end);
            const ids = { ids: idsOf(all[0]) };
            const wanted = (grain: Grain) =>
              timeRange.contains(grain.originTimestamp);

            expect(await readGrains(track, { timeRange, ...ids })).toEqual(
              all.filter(wanted),
            );
            const order = "presentation";
            expect(
              await readGrains(track, { timeRange, order, ...ids }),
            ).toEqual(sorted.filter(wanted));
          }
        });
      },
    );

    it("are none if the range is empty, or ends before the first", async () => {
      const file = make("a.mp4", `${pictures("25", 1)} ${h264}`);
      const before = TimeRange.of(undefined, Timestamp.zero);

      expect(await readTrack(file, 0, { timeRange: TimeRange.never })).toEqual(
        [],
      );
      expect(await readTrack(file, 0, { timeRange: before })).toEqual([]);
    });

    it("are given to several readers of a track at once", async () => {
      const file = make("a.mp4", `${pictures("25", 1)} ${h264}`);

      await asyncWith(openContainer(file), async ({ tracks: [track] }) => {
        const readings = [1, 2, 3].map(() => readGrains(track));
        const [first, ...others] = await Promise.all(readings);
        expect(first).toHaveLength(25);
        for (const other of others) expect(other).toEqual(first);
      });
    });
  },
);

function stepsOf(grains: readonly Grain[]): Set<string> {
  const steps = grains.slice(1).map(({ originTimestamp }, index) => {
    const before = grains[index]?.originTimestamp ?? originTimestamp;
    return `${originTimestamp.subtract(before)}`;
  });
  return new Set(steps);
}

function idsOf(grain: Grain | undefined): { sourceId: string; flowId: string } {
  const { sourceId = "", flowId = "" } = grain ?? {};
  return { sourceId, flowId };
}
