import type { Outcome } from "../../context/protocol.ts";
import { BaseCursor } from "./base-cursor.ts";
import { closeTogether } from "./closing.ts";
import {
  EMIT,
  WAIT,
  type Awaitable,
  type Closing,
  type Status,
} from "./cursor.ts";
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
    const status = this.#failure === undefined ? this.take() : WAIT;
    const failure = this.#failure;
    if (failure !== undefined && status !== EMIT) {
      this.#failure = undefined;
      throw failure.error;
    }
    return status;
  }

  protected closeParts(grace: Grace, _outcome: Outcome): Closing {
    this.reportUnread(grace);
    return closeTogether(this.parts, grace);
  }

  /** Reports the failure that nobody has asked for. */
  protected reportUnread(grace: Grace): void {
    if (this.#failure !== undefined) grace.report(this.#failure.error);
  }

  /** Fails, with the first error that it is given, when it is next asked. */
  protected failSoon(error: unknown): void {
    if (this.isOpen) this.#failure ??= { error };
    else reportLate(this.settings, error);
  }

  /** Does what may call a callback while nobody asks; it fails with what that throws. */
  protected run(act: () => unknown): void {
    const { isRunning } = this;
    this.isRunning = true;
    try {
      act();
    } catch (error) {
      this.failSoon(error);
    }
    this.isRunning = isRunning;
  }

  /** Answers with what a port answers. */
  protected readFrom(port: Port): Status {
    const status = port.read();
    if (status === EMIT) this.value = port.value;
    return status;
  }
}
