import { FormatError } from "../../error/format-error.ts";
import type { Grain } from "../../grain/grain.ts";
import type {
  TransportStreamItem,
  TransportStreamLoss,
} from "../../transport-stream/transport-stream-item.ts";
import type { LostPart } from "./lost-part.ts";
import type { TrackReading } from "./track-plan.ts";

/** Something of a track that is missing, or that makes no grain. */
export interface TrackLoss {
  /** The track: its PID. */
  readonly trackNumber: number;
  /** Where it is in the file. */
  readonly offset: number;
  /** How many bytes are there and are not given. */
  readonly bytes: number;
  /** What is wrong, in words that follow a colon. */
  readonly problem: string;
}

/** What becomes of what is missing. */
export interface LossOptions {
  /**
   * `throw`, the default: reading fails where something is missing, behind all grains
   * before it. `skip`: grains that lack something are left out, and reading goes on. What
   * is missing at the start of a recording fails in neither case.
   */
  readonly losses?: "throw" | "skip";
  /** Is told of each loss of a track that is read. It must not throw. */
  readonly onLoss?: (loss: TrackLoss) => void;
}

/** Makes grains of one track of the items of a whole file. */
export class GrainReader {
  readonly #trackNumber: number;
  readonly #reading: TrackReading;
  readonly #options: LossOptions;

  constructor(
    trackNumber: number,
    reading: TrackReading,
    options: LossOptions,
  ) {
    this.#trackNumber = trackNumber;
    this.#reading = reading;
    this.#options = options;
  }

  /**
   * Takes an item, of whichever track.
   *
   * @throws {FormatError} If something is missing, and losses are to be thrown.
   */
  *push(item: TransportStreamItem): Generator<Grain, void, undefined> {
    if (item.kind === "packet" && item.pid === this.#trackNumber) {
      yield* this.#give(this.#reading.push(item));
    }
    if (item.kind === "loss" && item.pid === this.#trackNumber) {
      yield* this.#lose(item);
    }
  }

  /** Gives what is left: nothing more will come. */
  *end(): Generator<Grain, void, undefined> {
    yield* this.#give(this.#reading.end());
  }

  *#give(parts: Iterable<Grain | LostPart>): Generator<Grain, void, undefined> {
    for (const part of parts) {
      if (part.kind === "lost") this.#tell(part, part.isStart);
      else yield part;
    }
  }

  *#lose(loss: TransportStreamLoss): Generator<Grain, void, undefined> {
    const { offset, bytes, reason } = loss;
    const isStart = reason === "start";
    if (!isStart && this.#options.losses !== "skip") yield* this.end();
    this.#tell({ offset, bytes, problem: toProblem(loss) }, isStart);
  }

  #tell(
    { offset, bytes, problem }: Pick<LostPart, "offset" | "bytes" | "problem">,
    isStart: boolean,
  ): void {
    const { losses = "throw", onLoss } = this.#options;
    const trackNumber = this.#trackNumber;
    onLoss?.({ trackNumber, offset, bytes, problem });
    if (losses === "skip" || isStart) return;
    throw new FormatError({
      code: "MEDIA_MALFORMED",
      format: "MPEG-TS",
      offset,
      problem: `of PID ${trackNumber}, ${problem}`,
    });
  }
}

function toProblem({ reason, packets }: TransportStreamLoss): string {
  if (reason === "continuity") return `${packets} packets or more are missing`;
  return `bytes are lost (${reason})`;
}
