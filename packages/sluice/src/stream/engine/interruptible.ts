import type { Outcome } from "../../context/protocol.ts";
import { whenAborted } from "../../core/when-aborted.ts";
import { WAIT, type Closing, type Cursor, type Status } from "./cursor.ts";
import type { Grace } from "./grace.ts";
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
    this.#stopListening ??= whenAborted(this.settings.signal, (reason) => {
      this.failSoon(reason);
      this.gate.openSoon();
    });
    return this.settings.signal?.aborted === true ? WAIT : this.readFrom(port);
  }

  protected override closeParts(grace: Grace, outcome: Outcome): Closing {
    this.#stopListening?.();
    return super.closeParts(grace, outcome);
  }
}
