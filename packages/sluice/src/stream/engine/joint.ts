import type { Outcome } from "../../context/protocol.ts";
import { BaseCursor } from "./base-cursor.ts";
import { closeTogether } from "./closing.ts";
import { EMIT, type Awaitable, type Closing, type Status } from "./cursor.ts";
import { Gate } from "./gate.ts";
import type { Grace } from "./grace.ts";
import type { Port, PortOwner } from "./port.ts";
import { reportLate } from "./settings.ts";

/** An operator that does not wait for its one source alone, but at a gate. */
export abstract class Joint extends BaseCursor implements PortOwner {
  protected readonly gate: Gate = new Gate();
  override awaiting: Awaitable = this.gate;
  /** What it is to fail with, as soon as it is asked. */
  #failure: { readonly error: unknown } | undefined;

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
    if (this.#failure !== undefined) {
      const { error } = this.#failure;
      this.#failure = undefined;
      throw error;
    }
    return this.take();
  }

  protected closeParts(grace: Grace, _outcome: Outcome): Closing {
    this.reportUnread();
    return closeTogether(this.parts, grace);
  }

  /** Reports the failure that nobody has asked for. */
  protected reportUnread(): void {
    if (this.#failure !== undefined) {
      reportLate(this.settings, this.#failure.error);
    }
  }

  /** Fails, with the first error that it is given, when it is next asked. */
  protected failSoon(error: unknown): void {
    if (this.isOpen) this.#failure ??= { error };
    else reportLate(this.settings, error);
  }

  /** Answers with what a port answers. */
  protected readFrom(port: Port): Status {
    const status = port.read();
    if (status === EMIT) this.value = port.value;
    return status;
  }
}
