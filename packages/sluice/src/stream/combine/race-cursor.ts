import { closeTogether } from "../engine/closing.ts";
import { DONE, WAIT, type Closing, type Status } from "../engine/cursor.ts";
import { Grace } from "../engine/grace.ts";
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
    return this.readFrom(winner);
  }

  protected override closeParts(grace: Grace): Closing {
    const losers = { abort: ignore, close: () => this.#losers };
    return closeTogether([...this.parts, losers], grace);
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
    this.#losers = closeTogether(losers, new Grace(this.settings));
    // It is waited for, and its failure told, at the end.
    this.#losers?.catch(ignore);
  }
}

function ignore(): void {
  // There is nothing to do.
}
