import { BaseCursor } from "./base-cursor.ts";
import { CONTINUE, type Closing, type Status } from "./cursor.ts";
import { ARRAY, CURSOR, Frame, type FrameKind } from "./frame.ts";
import type { Grace } from "./grace.ts";
import type { Step } from "./step.ts";

/** A cursor that reads one source after the other: those that are open, in a stack. */
export abstract class FrameStack extends BaseCursor {
  /** What is read now. */
  protected top: Frame | null = null;
  /** Whether an error is that of the source on top, so that it is not closed for it. */
  protected isBroken = false;

  /** Reads a source before going on with those that are open. */
  enter(source: unknown, sink: Step): Status {
    this.top = new Frame(source, sink, this.top);
    return CONTINUE;
  }

  protected get parts(): Iterable<Frame> {
    const frames: Frame[] = [];
    for (let frame = this.top; frame !== null; frame = frame.parent) {
      frames.push(frame);
    }
    return frames;
  }

  /** Reads no more of all that is open; each is closed once it is its turn. */
  protected endFrames(): void {
    for (let frame = this.top; frame !== null; frame = frame.parent) {
      frame.end();
    }
  }

  /** Goes back to what was read before a frame, which has come to its end. */
  protected leave(frame: Frame): Status {
    this.top = frame.parent;
    return CONTINUE;
  }

  /** Whether a frame is still the one to read: nobody has ended it, or entered another. */
  protected isRead(frame: Frame, kind: FrameKind): boolean {
    return this.top === frame && frame.kind === kind;
  }

  /** Notes that an error comes out of the source on top. */
  protected blame(error: unknown): unknown {
    this.isBroken = true;
    return error;
  }

  /** Lets go of what need not be closed, nor waited for. */
  protected dropFrames(): void {
    // What has thrown is not closed; a cursor has closed, or is about to.
    if (this.isBroken && this.top?.kind !== CURSOR) this.#pop();
    while (this.top?.kind === ARRAY) this.#pop();
  }

  /**
   * Closes all frames, from the top; the next one when the one before has closed.
   *
   * @param asked What the top frame was asked for, and has not answered.
   */
  protected *closeFrames(
    grace: Grace,
    asked: PromiseLike<unknown> | undefined,
  ): Generator<() => Closing, void> {
    let inFlight = asked;
    for (let frame = this.#pop(); frame !== null; frame = this.#pop()) {
      const closing = frame.close(grace, this.settings, inFlight);
      inFlight = undefined;
      yield () => closing;
    }
  }

  #pop(): Frame | null {
    const frame = this.top;
    this.top = frame?.parent ?? null;
    return frame;
  }
}
