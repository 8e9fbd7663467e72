import { Random } from "../../differential/random.ts";
import {
  generateActs,
  generateConsumer,
  generateHeader,
} from "./generate/consumers.ts";
import { Frame } from "./generate/frame.ts";
import { generatePipeline } from "./generate/pipelines.ts";
import type { Kind, Program } from "./program.ts";

/** Makes a program; the same for the same seed and index. */
export function generate(seed: number, index: number): Program {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ index);
  // The first numbers of neighbouring seeds are alike.
  random.next();
  const kind = random.pick<Kind>({
    linear: 20,
    inside: 3,
    zip: 1,
    buffered: 2,
    merge: 1,
    tee: 1,
  });
  const frame = new Frame(random, kind);
  const pipeline = generatePipeline(frame, 0);
  const consumer = generateConsumer(frame);
  const hasHeader =
    kind === "linear" && consumer.by !== "calls" && random.chance(0.15);
  const header = hasHeader ? { header: generateHeader(frame) } : {};
  // Who reads by hand goes on at once when the stream is left, while it closes: what
  // happens then has no order.
  const acts = hasHeader ? [] : generateActs(frame, consumer);
  return { kind, pipeline, ...header, consumer, acts };
}
