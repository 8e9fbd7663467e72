import type { Rate } from "@sluice/time";
import type { VideoEssence } from "../../essence/essence.ts";
import { createCodedVideoGrain } from "../../grain/coded-video-grain.ts";
import { FormatError } from "../../error/format-error.ts";
import type { Grain } from "../../grain/grain.ts";
import type { UnitSyntax } from "../../coding/unit-syntax.ts";
import { findExactRate } from "../../mediabunny/exact-rate.ts";
import { toInterval, toTolerance } from "../../mediabunny/frame-grid.ts";
import type {
  ElementaryStream,
  TransportStreamPacket,
} from "../../transport-stream/transport-stream-item.ts";
import type { GrainIds } from "../container.ts";
import type { LostPart } from "./lost-part.ts";
import { PictureAssembler, type CodedPicture } from "./picture-assembler.ts";
import { PictureClock, transportStreamClock } from "./picture-clock.ts";
import { toVideoEssence } from "./picture-essence.ts";
import type { PictureDescription, PictureSyntax } from "./picture-syntax.ts";
import type { TrackPlan, TrackProbe, TrackReading } from "./track-plan.ts";

/** Of how many pictures the times are looked at to find the rate. */
const PROBED_PICTURES = 64;
/** How many may be presented before one that is decoded before them. */
const MOST_REORDERED = 16;

/** Finds out what there is to know of a stream of pictures, by its first ones. */
export class PictureProbe implements TrackProbe {
  readonly #stream: ElementaryStream;
  readonly #syntax: PictureSyntax;
  readonly #pictures: PictureAssembler;
  #description: PictureDescription | undefined;
  #ticks: number[] = [];
  /** Whether a picture had no time of its own. */
  #hasUntimed = false;
  #hasEnded = false;

  constructor(stream: ElementaryStream, syntax: PictureSyntax) {
    this.#stream = stream;
    this.#syntax = syntax;
    this.#pictures = new PictureAssembler(syntax.createUnits());
  }

  get isDone(): boolean {
    const count = this.#ticks.length;
    return this.#description !== undefined && count >= PROBED_PICTURES;
  }

  push(packet: TransportStreamPacket): void {
    if (!this.isDone) this.#take(this.#pictures.push(packet));
  }

  toPlan(): TrackPlan | undefined {
    this.#hasEnded = !this.isDone;
    if (this.#hasEnded) this.#take(this.#pictures.end());
    const description = this.#description;
    if (description === undefined) return undefined;
    const rate = this.#findRate(description);
    const essence = toVideoEssence(description, rate);
    const firstTick = Math.min(...this.#ticks);
    const syntax = this.#syntax;
    return {
      stream: this.#stream,
      essence,
      createReading: (ids) =>
        new PictureReading({
          syntax,
          units: syntax.createUnits(),
          essence,
          description,
          clock: new PictureClock(rate, firstTick),
          ids,
        }),
    };
  }

  #take(parts: readonly (CodedPicture | LostPart)[]): void {
    for (const part of parts) {
      if (part.kind === "lost") continue;
      if (part.pts === undefined) this.#hasUntimed = true;
      else this.#ticks.push(part.pts);
      this.#description ??= this.#describe(part);
    }
  }

  /** Damaged parameter sets tell nothing: others will follow. */
  #describe({ units }: CodedPicture): PictureDescription | undefined {
    try {
      return this.#syntax.describe(units);
    } catch (error) {
      if (error instanceof FormatError) return undefined;
      throw error;
    }
  }

  /** The rate that the stream tells is tried first; pictures have to be where it says. */
  #findRate({ pictures }: PictureDescription): Rate | undefined {
    const told = pictures.rate;
    const sorted = this.#ticks.toSorted((a, b) => a - b);
    // The times of some pictures do not tell how many there are.
    if (this.#hasUntimed) return isOnGrid(sorted, told) ? told : undefined;
    const duration =
      told === undefined ? 0 : toInterval(told, transportStreamClock);
    // Others may come between the last ones, if there are more.
    const known = this.#hasEnded ? sorted : sorted.slice(0, -MOST_REORDERED);
    const times = known.map((tick) => ({ tick, duration }));
    return findExactRate(times, transportStreamClock);
  }
}

/** Whether pictures are whole intervals of a rate apart. */
function isOnGrid(ticks: readonly number[], rate: Rate | undefined): boolean {
  if (rate === undefined) return false;
  const interval = toInterval(rate, transportStreamClock);
  const [first = 0] = ticks;
  return ticks.every((tick) => {
    const expected = Math.round((tick - first) / interval) * interval;
    return Math.abs(tick - first - expected) <= toTolerance(interval);
  });
}

/** What pictures are read with. */
interface PictureContent {
  readonly syntax: PictureSyntax;
  readonly units: UnitSyntax;
  readonly essence: VideoEssence;
  readonly description: PictureDescription;
  readonly clock: PictureClock;
  readonly ids: GrainIds;
}

class PictureReading implements TrackReading {
  readonly #content: PictureContent;
  readonly #pictures: PictureAssembler;

  constructor(content: PictureContent) {
    this.#content = content;
    this.#pictures = new PictureAssembler(content.units);
  }

  *push(packet: TransportStreamPacket): Generator<Grain | LostPart, void> {
    for (const part of this.#pictures.push(packet)) yield this.#toGrain(part);
  }

  *end(): Generator<Grain | LostPart, void> {
    for (const part of this.#pictures.end()) yield this.#toGrain(part);
  }

  #toGrain(part: CodedPicture | LostPart): Grain | LostPart {
    if (part.kind === "lost") return part;
    const { syntax, units, essence, description, clock, ids } = this.#content;
    const { rate } = essence;
    const { start, decode } = clock.next(part);
    return createCodedVideoGrain({
      ...ids,
      originTimestamp: start,
      decodeTimestamp: decode,
      rate,
      duration:
        rate === undefined
          ? undefined
          : { numerator: rate.denominator, denominator: rate.numerator },
      format: syntax.format,
      originWidth: essence.frameWidth,
      originHeight: essence.frameHeight,
      codedWidth: description.pictures.codedWidth,
      codedHeight: description.pictures.codedHeight,
      isKeyFrame: part.isKeyFrame,
      temporalOffset: 0,
      data: units.join(part.units),
    });
  }
}
