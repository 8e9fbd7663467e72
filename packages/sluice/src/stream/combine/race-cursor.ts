import { closeTogether, type Closing } from "../engine/closing.ts";
import { EMIT, WAIT, type Status } from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** Gives the items of the source that answers first; the others are closed then. */
export class Race extends Joint {
  protected ports: readonly Port[];
  #winner: Port | undefined;
  /** Closes the others. */
  #losers: Closing;

  constructor(sources: readonly unknown[], settings: Settings) {
    super(settings);
    this.ports = sources.map(
      (source) => new Port(openCursor(source, settings), this),
    );
  }

  override arrived(port: Port): void {
    this.#winner ??= port;
    if (this.#winner === port) this.gate.open();
  }

  protected take(): Status {
    if (this.#winner === undefined) this.#findWinner();
    const winner = this.#winner;
    if (winner === undefined) return WAIT;
    if (this.ports.length > 1) this.#closeLosers(winner);
    const status = winner.read();
    if (status === EMIT) this.value = winner.value;
    return status;
  }

  protected override closeParts(): Closing {
    return closeTogether([super.closeParts(), this.#losers]);
  }

  /** Asks one after the other, until one answers at once. */
  #findWinner(): void {
    for (const port of this.ports) {
      port.prepare();
      if (port.isPending) continue;
      this.#winner = port;
      return;
    }
  }

  #closeLosers(winner: Port): void {
    const losers = this.ports.filter((port) => port !== winner);
    this.ports = [winner];
    for (const { cursor } of losers) cursor.abort();
    this.#losers = closeTogether(losers.map((port) => port.close()));
    // It is waited for, and its failure told, at the end.
    this.#losers?.catch(() => undefined);
  }
}
