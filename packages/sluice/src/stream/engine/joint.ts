import { CancelledError } from "../../core/errors.ts";
import { BaseCursor } from "./base-cursor.ts";
import { closeTogether, keepLater, type Closing } from "./closing.ts";
import { DONE, WAIT, type Status } from "./cursor.ts";
import { Gate } from "./gate.ts";
import type { Port } from "./port.ts";
import { reportLate, type Settings } from "./settings.ts";
import type { CallContext } from "./step.ts";

/**
 * An operator that does not wait for its one source alone: what all of them
 * share, closing above all.
 */
export abstract class Joint extends BaseCursor {
  isOpen = true;
  protected readonly gate: Gate = new Gate();
  #controller: AbortController | undefined;
  #closing: Closing;
  #failure: { readonly error: unknown } | undefined;

  readonly settings: Settings;

  constructor(settings: Settings) {
    super();
    this.settings = settings;
  }

  /** The upstreams that are open. */
  protected abstract readonly ports: Iterable<Port>;

  /**
   * Answers out of what is there. `WAIT` is until the gate opens.
   *
   * @throws What the stream is to fail with.
   */
  protected abstract take(): Status;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  pull(): Status {
    if (!this.isOpen) return this.#end();
    try {
      const status = this.take();
      if (status === DONE) return this.#finish();
      if (status === WAIT) this.awaiting = this.gate;
      return status;
    } catch (error) {
      this.#failure = { error };
      return this.#finish();
    }
  }

  resume(_value: unknown): Status {
    return this.pull();
  }

  /** A gate never fails, and closing tells its failure otherwise. */
  fail(_error: unknown): Status {
    return this.pull();
  }

  /** Something has arrived that whoever waits at the gate may want. */
  arrived(_port: Port): void {
    this.gate.open();
  }

  abort(cause?: ErrorOptions): void {
    if (!this.isOpen) return;
    this.#controller?.abort(
      new CancelledError("Cannot go on: the stream is closed", cause),
    );
    for (const { cursor } of this.ports) cursor.abort(cause);
  }

  close(): Closing {
    if (this.isOpen) {
      this.abort();
      this.isOpen = false;
      this.#reportUnread();
      this.#closing = this.closeParts();
    } else if (this.#failure !== undefined) {
      // It fails, and nobody waits to be told any more.
      reportLate(this.settings, this.#failure.error);
      this.#failure = undefined;
    }
    return this.#closing;
  }

  /** Closes all that is open; no more than that. */
  protected closeParts(): Closing {
    return closeTogether(Array.from(this.ports, (port) => port.close()));
  }

  /** The context of a callback that may run beside others. */
  protected createContext(index: number): CallContext {
    return new JointContext(this, index);
  }

  /** Closes what is still open, and then says how it ended. */
  #finish(): Status {
    const failure = this.#failure;
    if (failure !== undefined) this.abort({ cause: failure.error });
    this.isOpen = false;
    this.#reportUnread();
    const closing = this.closeParts();
    if (closing === undefined) return this.#end();
    this.#closing = closing.catch((error: unknown) => {
      if (failure === undefined) this.#failure = { error };
      else keepLater(failure.error, error, this.settings);
    });
    this.awaiting = this.#closing;
    return WAIT;
  }

  #end(): Status {
    const failure = this.#failure;
    if (failure === undefined) return DONE;
    this.#failure = undefined;
    throw failure.error;
  }

  #reportUnread(): void {
    for (const { unread } of this.ports) {
      if (unread !== undefined) reportLate(this.settings, unread.error);
    }
  }
}

class JointContext implements CallContext {
  readonly #joint: Joint;

  readonly index: number;

  constructor(joint: Joint, index: number) {
    this.index = index;
    this.#joint = joint;
  }

  get signal(): AbortSignal {
    return this.#joint.signal;
  }
}
