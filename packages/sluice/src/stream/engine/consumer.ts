import { whenAnyAborted } from "../../core/when-aborted.ts";
import type { Closing, Cursor } from "./cursor.ts";
import type { Grace } from "./grace.ts";
import { reportLate, type Settings } from "./settings.ts";
import { Trampoline } from "./trampoline.ts";

/** Whoever reads a pipeline at its end, until it ends, is left, or its signal aborts. */
export abstract class Consumer extends Trampoline {
  /** Whether it has not ended. */
  protected isWanted = true;
  readonly #settings: Settings;
  #stopListening: (() => void) | undefined;

  constructor(cursor: Cursor, settings: Settings) {
    super(cursor);
    this.#settings = settings;
  }

  /** Ends with an error, as the signal aborted. */
  protected abstract interrupt(reason: unknown): void;

  /** Begins to listen to the signal, if there is one. */
  begin(): void {
    const { signals } = this.#settings;
    if (signals.length === 0) return;
    this.#stopListening ??= whenAnyAborted(signals, (reason) => {
      this.interrupt(reason);
    });
  }

  /** Ends it early, for another reason than a failure of closing, which is reported. */
  protected leaveFor(onClose: () => void): void {
    const closing = Promise.resolve(this.leave());
    closing.then(onClose, (error: unknown) => {
      reportLate(this.#settings, error);
      onClose();
    });
  }

  /**
   * Ends it early, whatever it waits for.
   *
   * @param outer The closing that this is a part of.
   * @returns What to wait for; it tells the failure of closing to the first caller alone.
   */
  protected leave(outer?: Grace): Closing {
    const isFirst = this.isWanted;
    this.end();
    const closing = this.cursor.close(outer);
    return isFirst ? closing : closing?.catch(ignore);
  }

  protected end(): void {
    this.isWanted = false;
    this.#stopListening?.();
  }
}

function ignore(): void {
  // Whoever left it is told.
}
