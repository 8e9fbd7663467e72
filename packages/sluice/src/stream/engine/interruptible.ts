import type { Outcome } from "../../context/protocol.ts";
import { dropLateError } from "../../core/drop-late-error.ts";
import { whenAnyAborted } from "../../core/when-aborted.ts";
import { WAIT, type Closing, type Cursor, type Status } from "./cursor.ts";
import type { Grace } from "./grace.ts";
import { Joint } from "./joint.ts";
import { Port } from "./port.ts";
import type { Settings } from "./settings.ts";

/**
 * Ends a source of another stream when its own signal aborts, whatever it waits for.
 *
 * Whoever reads it is told at once, and has the rest to close: it closes with whatever
 * else that one closes, and is waited for there.
 */
export class Interruptible extends Joint {
  protected readonly parts: readonly [Port];
  #stopListening: (() => void) | undefined;
  /** What a signal aborted for, until it is told. */
  #interruption: { readonly reason: unknown } | undefined;

  constructor(cursor: Cursor, settings: Settings) {
    super(settings);
    this.parts = [new Port(cursor, this)];
  }

  override pull(answer?: unknown, failed = false): Status {
    if (this.isOpen) {
      this.#stopListening ??= whenAnyAborted(
        this.settings.signals,
        (reason) => {
          this.#interruption = { reason };
          // Whether or not anybody asks; whoever closes the rest is told of failures.
          dropLateError(this.close());
          // Out of the code that aborts.
          queueMicrotask(() => {
            this.gate.open();
          });
        },
      );
    }
    const interruption = this.#interruption;
    this.#interruption = undefined;
    if (interruption !== undefined) throw interruption.reason;
    return super.pull(answer, failed);
  }

  override close(outer?: Grace): Closing {
    if (this.isOpen) return super.close(outer);
    // It closes already, in a time of its own: it is not waited for longer than the rest.
    const closing = super.close();
    return closing && outer?.wait(closing);
  }

  protected take(): Status {
    const status = this.readFrom(this.parts[0]);
    // Also where the signal has aborted in between: its reason is told.
    if (status === WAIT) this.awaiting = this.gate;
    return status;
  }

  protected override closeParts(grace: Grace, outcome: Outcome): Closing {
    this.#stopListening?.();
    return super.closeParts(grace, outcome);
  }
}
