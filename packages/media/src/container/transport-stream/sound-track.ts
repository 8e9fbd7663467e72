import { Rate } from "@sluice/time";
import type { AudioEssence } from "../../essence/essence.ts";
import { createCodedAudioGrain } from "../../grain/coded-audio-grain.ts";
import type { Grain } from "../../grain/grain.ts";
import type {
  ElementaryStream,
  TransportStreamPacket,
} from "../../transport-stream/transport-stream-item.ts";
import type { GrainIds } from "../container.ts";
import { FrameAssembler, type SoundFrame } from "./frame-assembler.ts";
import type { LostPart } from "./lost-part.ts";
import type { SoundDescription, SoundSyntax } from "./sound-syntax.ts";
import type { TrackPlan, TrackProbe, TrackReading } from "./track-plan.ts";

/** Finds out what there is to know of a stream of sound, by its first frame. */
export class SoundProbe implements TrackProbe {
  readonly #stream: ElementaryStream;
  readonly #syntax: SoundSyntax;
  readonly #frames: FrameAssembler;
  #found:
    | { readonly frame: SoundFrame; readonly description: SoundDescription }
    | undefined;

  constructor(stream: ElementaryStream, syntax: SoundSyntax) {
    this.#stream = stream;
    this.#syntax = syntax;
    this.#frames = new FrameAssembler(syntax.parse);
  }

  get isDone(): boolean {
    return this.#found !== undefined;
  }

  push(packet: TransportStreamPacket): void {
    if (!this.isDone) this.#take(this.#frames.push(packet));
  }

  toPlan(): TrackPlan | undefined {
    if (!this.isDone) this.#take(this.#frames.end());
    if (this.#found === undefined) return undefined;
    const { frame, description } = this.#found;
    const essence = toEssence(frame, description);
    const { parse } = this.#syntax;
    return {
      stream: this.#stream,
      essence,
      createReading: (ids) =>
        new SoundReading(new FrameAssembler(parse), description, ids),
    };
  }

  #take(parts: readonly (SoundFrame | LostPart)[]): void {
    const frame = parts.find((part) => part.kind === "frame");
    if (frame === undefined) return;
    const description = this.#syntax.describe(frame.whole);
    this.#found = { frame, description };
  }
}

class SoundReading implements TrackReading {
  readonly #frames: FrameAssembler;
  readonly #description: SoundDescription;
  readonly #ids: GrainIds;

  constructor(
    frames: FrameAssembler,
    description: SoundDescription,
    ids: GrainIds,
  ) {
    this.#frames = frames;
    this.#description = description;
    this.#ids = ids;
  }

  *push(packet: TransportStreamPacket): Generator<Grain | LostPart, void> {
    for (const part of this.#frames.push(packet)) yield this.#toGrain(part);
  }

  *end(): Generator<Grain | LostPart, void> {
    for (const part of this.#frames.end()) yield this.#toGrain(part);
  }

  #toGrain(part: SoundFrame | LostPart): Grain | LostPart {
    if (part.kind === "lost") return part;
    const { header, data, start } = part;
    const { samples, sampleRate, channels } = header;
    const { priming = 0, remainder = 0 } = header;
    const lasting = samples - remainder;
    return createCodedAudioGrain({
      ...this.#ids,
      originTimestamp: start,
      rate: Rate.of(sampleRate, samples),
      duration:
        lasting > 0
          ? { numerator: lasting, denominator: sampleRate }
          : undefined,
      format: this.#description.format,
      channels,
      samples,
      priming,
      remainder,
      sampleRate,
      data,
    });
  }
}

function toEssence(
  { header }: SoundFrame,
  { format, codec }: SoundDescription,
): AudioEssence {
  const { sampleRate, channels, samples } = header;
  return {
    kind: "audio",
    ...codec,
    sampleRate,
    channels,
    // Each packet of Opus says how long it is.
    codedFrameSize: format === "OPUS" ? undefined : samples,
  };
}
