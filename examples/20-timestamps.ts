/**
 * Frames of a recording at 30000/1001: which are asked for, which are there, and what
 * their labels are.
 *
 * Prints:
 *     asked for [24:24000000_40:40000000), 480 frames
 *     missing [30:0_35:0), frames [899_1049)
 *     frame 899 is at 29:996633333, 00:00:29;29
 *     frame 1048 is at 34:968266666, 00:00:34;28
 */
import {
  CountRange,
  Rate,
  TimeCode,
  TimeRange,
  TimeRanges,
  Timestamp,
} from "@sluice/time";

const rate = Rate.of(30000, 1001);
const frames = CountRange.of(720, 1200);
const asked = TimeRange.fromCountRange(frames, rate);
console.log(`asked for ${asked}, ${frames.length} frames`);

const there = TimeRanges.of([
  TimeRange.parse("[0:0_30:0)"),
  TimeRange.parse("[35:0_60:0)"),
]);
for (const gap of there.gaps(asked)) {
  const { start = 0, end = 0 } = gap.toCountRange(rate);
  console.log(`missing ${gap}, frames [${start}_${end})`);
  for (const frame of [start, end - 1]) {
    const code = TimeCode.fromFrameCount(frame, rate, { dropFrame: true });
    console.log(
      `frame ${frame} is at ${Timestamp.fromCount(frame, rate)}, ${code}`,
    );
  }
}
