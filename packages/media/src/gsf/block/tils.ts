import type { ByteBuilder } from "../../bytes/byte-builder.ts";
import type { ByteCursor } from "../../bytes/byte-cursor.ts";
import type { GrainTimeLabel } from "../../grain/time-label.ts";
import { writeBlock } from "../ssb/block.ts";
import { writeCount } from "../ssb/count.ts";
import { readRate, writeRate } from "../ssb/rational.ts";
import { readPaddedText, writePaddedText } from "../ssb/text.ts";

const tagSize = 16;

/** Reads time labels. */
export function readTimeLabels(block: ByteCursor): GrainTimeLabel[] {
  const labels: GrainTimeLabel[] = [];
  for (let left = block.readUint16(); left > 0; left -= 1) {
    const tag = readPaddedText(block, tagSize);
    const frameCount = block.readUint32();
    const rate = readRate(block);
    const dropFrame = block.readUint8() !== 0;
    labels.push({ tag, frameCount, rate, dropFrame });
  }
  return labels;
}

/** Writes time labels, if there are any. */
export function writeTimeLabels(
  builder: ByteBuilder,
  labels: readonly GrainTimeLabel[],
): void {
  if (labels.length === 0) return;
  writeBlock(builder, "tils", () => {
    writeCount(builder, "time labels", labels.length);
    for (const { tag, frameCount, rate, dropFrame } of labels) {
      writePaddedText(builder, tag, tagSize);
      builder.writeUint32(frameCount);
      writeRate(builder, rate);
      builder.writeUint8(dropFrame ? 1 : 0);
    }
  });
}
