import { DONE, EMIT, WAIT, type Status } from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/**
 * When `zip` ends: with the first source that does, with the last, or with all in the same
 * row, for otherwise it fails.
 */
export type ZipMode = "shortest" | "longest" | "strict";

/** Gives rows of one item of each source, all of which are asked at once. */
export class Zip extends Joint {
  protected readonly parts: readonly Port[];
  readonly #mode: ZipMode;
  readonly #padding: readonly unknown[];
  /** How many have been asked, and have not answered. */
  #pending = 0;

  constructor(
    sources: readonly unknown[],
    settings: Settings,
    mode: ZipMode,
    padding: readonly unknown[],
  ) {
    super(settings);
    this.parts = sources.map(
      (source) => new Port(openCursor(source, settings), this),
    );
    this.#mode = mode;
    this.#padding = padding;
  }

  override arrived(port: Port): void {
    // A row is looked at when it is full, or will not be.
    if (--this.#pending <= 0 || port.hasEnded || port.hasFailed) {
      this.gate.open();
    }
  }

  protected take(): Status {
    const { parts } = this;
    let ended = 0;
    this.#pending = 0;
    for (const port of parts) {
      port.prepare();
      if (port.isPending) this.#pending++;
      else if (port.hasFailed) return port.read();
      else if (port.hasEnded) {
        if (this.#mode === "shortest") return DONE;
        ended++;
      }
    }
    if (this.#pending > 0) return WAIT;
    if (ended === parts.length) return DONE;
    if (ended > 0 && this.#mode === "strict") {
      throw new TypeError("Cannot zip the sources as 'strict': one is longer");
    }
    this.value = parts.map((port, index) =>
      port.read() === EMIT ? port.value : this.#padding[index],
    );
    return EMIT;
  }
}
