import type { Essence, Grain } from "@sluice/media";
import type { Flow } from "@sluice/tams";
import { asyncWith, from, type Lock, type Many } from "sluice";
import type { GrainMover } from "./grain-mover.ts";
import type { Lifetime } from "./lifetime.ts";
import type { SegmentWriter } from "./segment-writer.ts";

/** What a writer is made of. */
export interface FlowWriterInit {
  readonly flow: Flow;
  readonly essence: Essence;
  readonly segments: SegmentWriter;
  /** Whose turn it is. */
  readonly turn: Lock;
  readonly mover: GrainMover;
  readonly lifetime: Lifetime;
}

/**
 * Writes a flow: `openWrite` gives it to its block.
 *
 * Grains come in the order of decoding, the first a key frame; sound and pictures that are
 * not coded, in the order of time. Where something is missing, a segment ends, so that the
 * gap is seen. After the block each method throws a `ClosedError`.
 */
export class FlowWriter {
  /** The flow, as it was when the writer was opened. */
  readonly flow: Flow;
  /** What its grains have in common. */
  readonly essence: Essence;
  readonly #init: FlowWriterInit;

  /**
   * @param init What it is made of: see `openWrite`.
   * @internal
   */
  constructor(init: FlowWriterInit) {
    this.flow = init.flow;
    this.essence = init.essence;
    this.#init = init;
  }

  /**
   * Writes a grain.
   *
   * Holds the grains of the segment that is not complete yet, and up to four objects that are
   * being written, of 64 MiB together at most, or one that is larger. Where the grain begins
   * another segment, it waits for one of those if there are as many: so whoever waits for each
   * call goes no faster than the store. As you go, it waits until the segment before is
   * registered. Calls that come meanwhile wait in their order. What an object failed with, a
   * later call throws, or the end of the block.
   *
   * @param grain The grain; its ids do not matter.
   * @throws {ClosedError} If the block has ended.
   * @throws {TypeError} If it is of another kind than the flow; it is left out, and writing
   * may go on.
   * @throws {RangeError} If it goes back, or overlaps what is there, or is the first and no
   * key frame; it is left out, and writing may go on.
   * @throws {UnsupportedMediaError} If the object format cannot hold it.
   * @throws {SegmentOverlapError} As you go: if there is something already.
   * @throws {StorageFullError} If there is no room.
   */
  async write(grain: Grain): Promise<void> {
    const { lifetime, turn, segments, mover } = this.#init;
    lifetime.check();
    await asyncWith(turn, () => {
      lifetime.check();
      return segments.add(mover.move(grain));
    });
  }

  /**
   * Writes all grains of a stream, one after the other.
   *
   * @param grains The stream; it is closed, however it ends.
   * @throws What the stream fails with, and as {@linkcode FlowWriter.write}.
   */
  async writeAll(grains: Many<Grain>): Promise<void> {
    const { lifetime } = this.#init;
    lifetime.check();
    await from(grains)
      .withOptions({ signal: lifetime.signal })
      .forEach((grain) => this.write(grain));
  }
}
