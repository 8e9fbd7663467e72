import { DONE, EMIT, type Status } from "../engine/cursor.ts";
import type { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";
import { Merge } from "./merge-cursor.ts";

/** Gives the newest items of all sources, once each has one, whenever one is new. */
export class Latest extends Merge {
  readonly #order: readonly Port[];
  readonly #newest = new Map<Port, unknown>();

  constructor(sources: readonly unknown[], settings: Settings) {
    super(sources, settings);
    this.#order = [...this.parts];
  }

  protected override take(): Status {
    for (;;) {
      const status = super.take();
      const { latest } = this;
      if (status !== EMIT || latest === undefined) {
        return this.#isHopeless() ? DONE : status;
      }
      this.#newest.set(latest, this.value);
      if (this.#newest.size < this.#order.length) continue;
      this.value = this.#order.map((port) => this.#newest.get(port));
      return EMIT;
    }
  }

  /** Whether a source has ended without an item. */
  #isHopeless(): boolean {
    return this.#order.some((port) => port.hasEnded && !this.#newest.has(port));
  }
}
