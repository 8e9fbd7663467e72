import type { Outcome } from "../../context/protocol.ts";
import { whenAborted } from "../../core/when-aborted.ts";
import { EMIT, type Closing, type Cursor, type Status } from "./cursor.ts";
import { Joint } from "./joint.ts";
import { Port } from "./port.ts";
import type { Settings } from "./settings.ts";

/** Ends a pipeline when a signal aborts, whatever it waits for. */
export class Interruptible extends Joint {
  protected readonly parts: readonly [Port];
  #interruption: { readonly reason: unknown } | undefined;
  #stopListening: (() => void) | undefined;

  constructor(cursor: Cursor, settings: Settings) {
    super(settings);
    this.parts = [new Port(cursor, this)];
  }

  protected take(): Status {
    const [port] = this.parts;
    this.#stopListening ??= whenAborted(this.settings.signal, (reason) => {
      this.#interruption = { reason };
      this.gate.openSoon();
    });
    if (this.#interruption !== undefined) throw this.#interruption.reason;
    const status = port.read();
    if (status === EMIT) this.value = port.value;
    return status;
  }

  protected override closeParts(outcome: Outcome): Closing {
    this.#stopListening?.();
    return super.closeParts(outcome);
  }
}
