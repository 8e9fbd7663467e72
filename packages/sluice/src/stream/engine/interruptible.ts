import type { Outcome } from "../../context/protocol.ts";
import { dropLateError } from "../../core/drop-late-error.ts";
import { whenAborted } from "../../core/when-aborted.ts";
import type { Closing, Cursor, Status } from "./cursor.ts";
import { Grace } from "./grace.ts";
import { Joint } from "./joint.ts";
import { Port } from "./port.ts";
import type { Settings } from "./settings.ts";

/** Ends a pipeline when a signal aborts, whatever it waits for. */
export class Interruptible extends Joint {
  protected readonly parts: readonly [Port];
  #stopListening: (() => void) | undefined;

  constructor(cursor: Cursor, settings: Settings) {
    super(settings);
    this.parts = [new Port(cursor, this)];
  }

  protected take(): Status {
    const [port] = this.parts;
    this.settings.signal?.throwIfAborted();
    this.#stopListening ??= whenAborted(this.settings.signal, (reason) => {
      this.failSoon(reason);
      // It is closed at once, whether or not anybody asks; whoever does waits for it.
      port.abort();
      dropLateError(port.close(new Grace(this.settings)));
      this.gate.openSoon();
    });
    return this.readFrom(port);
  }

  protected override closeParts(grace: Grace, outcome: Outcome): Closing {
    this.#stopListening?.();
    return super.closeParts(grace, outcome);
  }
}
