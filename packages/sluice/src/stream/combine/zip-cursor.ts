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
  #row: unknown[] = [];
  /** Sources that have no item for the row yet. */
  #missing: Set<Port>;
  readonly #ended = new Set<Port>();

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
    this.#missing = new Set(this.parts);
    this.#mode = mode;
    this.#padding = padding;
  }

  protected take(): Status {
    this.#readRow();
    if (this.#ended.size > 0 && this.#mode === "shortest") return DONE;
    if (this.#missing.size > 0) return WAIT;
    if (this.#ended.size === this.parts.length) return DONE;
    if (this.#ended.size > 0 && this.#mode === "strict") {
      throw new TypeError("Cannot zip the sources as 'strict': one is longer");
    }
    this.value = this.#row;
    this.#row = [];
    this.#missing = new Set(this.parts);
    return EMIT;
  }

  #readRow(): void {
    for (const [index, port] of this.parts.entries()) {
      if (!this.#missing.has(port)) continue;
      const status = port.read();
      if (status === WAIT) continue;
      this.#missing.delete(port);
      this.#row[index] = status === EMIT ? port.value : this.#padding[index];
      if (status === DONE) this.#ended.add(port);
      if (this.#ended.size > 0 && this.#mode === "shortest") return;
    }
  }
}
