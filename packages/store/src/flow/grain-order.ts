import type { Essence, Grain } from "@sluice/media";
import { Timestamp } from "@sluice/time";
import { getGrainLength, getGrainStart } from "./grain-span.ts";

/** Which kinds of grains a kind of essence has. */
const KINDS: Record<Essence["kind"], readonly Grain["kind"][]> = {
  video: ["video", "coded-video"],
  audio: ["audio", "coded-audio"],
  data: ["data"],
};

/**
 * Checks that grains come one after the other, as a decoder takes them.
 *
 * Holds when the coded pictures of one segment are presented.
 */
export class GrainOrder {
  readonly #kind: Essence["kind"];
  /** Of the grains of this segment. */
  readonly #starts = new Set<bigint>();
  /** When what was presented before this segment ends. */
  #before: bigint | undefined;
  #end: bigint | undefined;
  #decoded: Timestamp | undefined;
  #latest: bigint | undefined;

  constructor(kind: Essence["kind"]) {
    this.#kind = kind;
  }

  /** When the presentation of all that came ends; absent before the first. */
  get end(): bigint | undefined {
    return this.#end;
  }

  /**
   * Checks a grain; nothing has changed if it is refused.
   *
   * @throws {TypeError} If it is of another kind than the flow.
   * @throws {RangeError} If it goes back, or overlaps one before it, or is the first and
   * decoding cannot begin with it.
   */
  check(grain: Grain): void {
    if (!KINDS[this.#kind].includes(grain.kind)) {
      throw new TypeError(
        `Cannot write a grain of kind '${grain.kind}' to a flow of ${this.#kind}`,
      );
    }
    const start = getGrainStart(grain);
    const problem =
      grain.kind === "coded-video"
        ? this.#findPictureProblem(grain, start)
        : this.#findProblem(grain, start);
    if (problem === undefined) return;
    throw new RangeError(
      `Cannot write the grain at ${Timestamp.fromNanoseconds(start)}: ${problem}`,
    );
  }

  /** Takes a grain in. */
  add(grain: Grain): void {
    const start = getGrainStart(grain);
    // What has no length is there for an instant all the same.
    const end = start + (getGrainLength(grain) || 1n);
    this.#latest = start;
    if (this.#end === undefined || end > this.#end) this.#end = end;
    if (grain.kind !== "coded-video") return;
    this.#starts.add(start);
    this.#decoded = grain.decodeTimestamp ?? this.#decoded;
  }

  /** Begins another segment. */
  cut(): void {
    this.#starts.clear();
    this.#before = this.#end;
  }

  #findPictureProblem(
    grain: Extract<Grain, { readonly kind: "coded-video" }>,
    start: bigint,
  ): string | undefined {
    const { isKeyFrame, decodeTimestamp } = grain;
    if (this.#end === undefined && isKeyFrame === false) {
      return "decoding cannot begin with it; begin with a key frame";
    }
    if (this.#starts.has(start)) return "there is one at that instant already";
    if (isBehind(start, this.#before, getGrainLength(grain))) {
      return `it goes back; what is there ends at ${toText(this.#before)}`;
    }
    const isLate =
      this.#decoded !== undefined &&
      decodeTimestamp?.isAfter(this.#decoded) === false;
    return isLate
      ? `it is to be decoded at ${decodeTimestamp}, and the one before it at ${this.#decoded}`
      : undefined;
  }

  #findProblem(grain: Grain, start: bigint): string | undefined {
    if (grain.kind === "data") {
      const isBack = this.#latest !== undefined && start < this.#latest;
      return isBack ? `it goes back behind ${toText(this.#latest)}` : undefined;
    }
    if (!isBehind(start, this.#end, getUnitLength(grain))) return undefined;
    return `it overlaps what is there, which ends at ${toText(this.#end)}`;
  }
}

/** Half a unit is nobody's fault: clocks of containers are coarse. */
function isBehind(
  start: bigint,
  end: bigint | undefined,
  unit: bigint,
): boolean {
  return end !== undefined && 2n * (end - start) > unit;
}

/** How long what is counted of a grain lasts: a picture, or a sample. */
export function getUnitLength(grain: Grain): bigint {
  const length = getGrainLength(grain);
  return grain.kind === "audio" && grain.samples > 0
    ? length / BigInt(grain.samples)
    : length;
}

function toText(time: bigint | undefined): string {
  return `${Timestamp.fromNanoseconds(time ?? 0n)}`;
}
