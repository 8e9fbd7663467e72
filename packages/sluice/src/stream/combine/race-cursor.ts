import { closeTogether } from "../engine/closing.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Status,
} from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Gives the items of the source that answers first; the others are closed then. */
export class Race extends Joint {
  protected parts: readonly Port[];
  #winner: Port | undefined;
  /** Closes the others. */
  #losers: Closing;

  constructor(sources: readonly unknown[], settings: Settings) {
    super(settings);
    this.parts = sources.map(
      (source) => new Port(openCursor(source, settings), this),
    );
  }

  override arrived(port: Port): void {
    this.#winner ??= port;
    if (this.#winner === port) this.gate.open();
  }

  protected take(): Status {
    const winner = (this.#winner ??= this.#findWinner());
    if (winner === undefined) return this.parts.length === 0 ? DONE : WAIT;
    if (this.parts.length > 1) this.#closeLosers(winner);
    const status = winner.read();
    if (status === EMIT) this.value = winner.value;
    return status;
  }

  protected override closeParts(): Closing {
    return closeTogether([...this.parts, { close: () => this.#losers }]);
  }

  /** Asks one after the other, until one answers at once. */
  #findWinner(): Port | undefined {
    return this.parts.find((port) => {
      port.prepare();
      return !port.isPending;
    });
  }

  #closeLosers(winner: Port): void {
    const losers = this.parts.filter((port) => port !== winner);
    this.parts = [winner];
    for (const port of losers) port.abort();
    this.#losers = closeTogether(losers);
    // It is waited for, and its failure told, at the end.
    this.#losers?.catch(() => undefined);
  }
}
