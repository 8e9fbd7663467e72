import type { Stream } from "sluice";
import type {
  ElementaryStream,
  TransportStreamItem,
} from "../../transport-stream/transport-stream-item.ts";
import { createDataPlan } from "./data-track.ts";
import { PictureProbe } from "./picture-track.ts";
import { findPictureSyntax } from "./picture-syntax.ts";
import { SoundProbe } from "./sound-track.ts";
import { findSoundSyntax } from "./sound-syntax.ts";
import type { TrackPlan, TrackProbe } from "./track-plan.ts";

/** A stream that is no track: its codec is not known here, or too little was seen of it. */
export interface UnreadStream {
  /** The PID of its packets. */
  readonly pid: number;
  /** What it carries, as ISO/IEC 13818-1, table 2-34 numbers it. */
  readonly streamType: number;
  /** What it carries, by name; absent if that is not known. */
  readonly codec: ElementaryStream["codec"];
  /**
   * `unsupported`: nothing here reads it. `nothing-seen`: the beginning of the file has no
   * frame of it, or no picture with its parameter sets.
   */
  readonly reason: "unsupported" | "nothing-seen";
}

/** What was found at the beginning of a file. */
export interface ProbedTracks {
  readonly plans: readonly TrackPlan[];
  readonly unread: readonly UnreadStream[];
}

/**
 * Finds out which streams there are, and how they are read.
 *
 * @param items The file from its beginning; it is closed when enough was seen.
 * @param mostBytes How much of it is read at most.
 */
export async function probeTracks(
  items: Stream<TransportStreamItem>,
  mostBytes: number,
): Promise<ProbedTracks> {
  const probes = new ProbedStreams();
  for await (const item of items) {
    probes.take(item);
    const isEnough = "offset" in item && item.offset > mostBytes;
    if (isEnough || probes.isDone) break;
  }
  return toResult(probes.list());
}

/** What was seen of the streams of all programs. */
class ProbedStreams {
  readonly #probes = new Map<number, Probed>();
  /** Those that were named, and whose map was not seen yet. */
  readonly #unmapped = new Set<number>();
  #hasPrograms = false;

  get isDone(): boolean {
    if (!this.#hasPrograms || this.#unmapped.size > 0) return false;
    return this.list().every(({ probe }) => probe?.isDone !== false);
  }

  list(): Probed[] {
    return [...this.#probes.values()];
  }

  take(item: TransportStreamItem): void {
    if (item.kind === "packet") {
      this.#probes.get(item.pid)?.probe?.push(item);
    } else if (item.kind === "programs") {
      this.#hasPrograms = true;
      for (const { number } of item.programs) this.#unmapped.add(number);
    } else if (item.kind === "program") {
      this.#unmapped.delete(item.number);
      this.#add(item.streams);
    }
  }

  #add(streams: readonly ElementaryStream[]): void {
    for (const stream of streams) {
      if (this.#probes.has(stream.pid)) continue;
      this.#probes.set(stream.pid, { stream, probe: createProbe(stream) });
    }
  }
}

interface Probed {
  readonly stream: ElementaryStream;
  readonly probe: TrackProbe | undefined;
}

function createProbe(stream: ElementaryStream): TrackProbe | undefined {
  const pictures = findPictureSyntax(stream.codec);
  if (pictures !== undefined) return new PictureProbe(stream, pictures);
  const sound = findSoundSyntax(stream);
  if (sound !== undefined) return new SoundProbe(stream, sound);
  if (stream.codec !== "id3") return undefined;
  return {
    isDone: true,
    push: () => undefined,
    toPlan: () => createDataPlan(stream),
  };
}

function toResult(probed: readonly Probed[]): ProbedTracks {
  const plans: TrackPlan[] = [];
  const unread: UnreadStream[] = [];
  for (const { stream, probe } of probed) {
    const { pid, streamType, codec } = stream;
    const plan = probe?.toPlan();
    if (plan !== undefined) plans.push(plan);
    else {
      const reason = probe === undefined ? "unsupported" : "nothing-seen";
      unread.push({ pid, streamType, codec, reason });
    }
  }
  return { plans, unread };
}
