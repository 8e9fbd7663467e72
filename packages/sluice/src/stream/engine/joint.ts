import type { Outcome } from "../../context/protocol.ts";
import { closeTogether } from "./closing.ts";
import { BaseCursor } from "./base-cursor.ts";
import { WAIT, type Closing, type Status } from "./cursor.ts";
import { Gate } from "./gate.ts";
import type { Port, PortOwner } from "./port.ts";

/** An operator that does not wait for its one source alone, but at a gate. */
export abstract class Joint extends BaseCursor implements PortOwner {
  protected readonly gate: Gate = new Gate();

  /** The upstreams that are open. */
  protected abstract override readonly parts: Iterable<Port>;

  /**
   * Answers out of what is there. `WAIT` is until the gate opens.
   *
   * @throws What the stream is to fail with.
   */
  protected abstract take(): Status;

  /** Something has arrived that whoever waits at the gate may want. */
  arrived(_port: Port): void {
    this.gate.open();
  }

  protected step(): Status {
    const status = this.take();
    if (status === WAIT) this.awaiting = this.gate;
    return status;
  }

  protected closeParts(_outcome: Outcome): Closing {
    return closeTogether(this.parts);
  }
}
