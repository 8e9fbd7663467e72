import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Cursor,
  type Part,
  type Status,
} from "./cursor.ts";
import type { Grace } from "./grace.ts";
import { reportLate, type Settings } from "./settings.ts";
import { Trampoline } from "./trampoline.ts";

/** Whose upstream a port is. */
export interface PortOwner {
  readonly isOpen: boolean;
  readonly settings: Settings;
  /** What was waited for is there: `read()` gives it. */
  arrived(port: Port): void;
}

type State = 0 | 1 | 2 | 3 | 4;
const IDLE = 0;
const PENDING = 1;
const READY = 2;
const FAILED = 3;
const ENDED = 4;

/** One upstream of an operator that has several, or that does not wait for it alone. */
export class Port extends Trampoline implements Part {
  /** The item that was read last. */
  value: unknown = undefined;
  /** The one behind it in a queue. */
  next: Port | undefined = undefined;
  readonly #owner: PortOwner;
  #state: State = IDLE;
  #error: unknown = undefined;
  #isAsking = false;

  constructor(cursor: Cursor, owner: PortOwner) {
    super(cursor);
    this.#owner = owner;
  }

  protected get isWanted(): boolean {
    return this.#owner.isOpen;
  }

  /** Whether it has been asked and has not answered. */
  get isPending(): boolean {
    return this.#state === PENDING;
  }

  /** Whether nothing more comes of it. */
  get hasEnded(): boolean {
    return this.#state === ENDED;
  }

  /** Whether a failure has arrived that was not read. */
  get hasFailed(): boolean {
    return this.#state === FAILED;
  }

  /**
   * Gives what has arrived, or asks for it.
   *
   * @returns `EMIT`, with the item in `value`, `DONE`, or `WAIT`: then the owner
   * is told when it is time to read again.
   * @throws What the upstream throws; it is closed then.
   */
  read(): Status {
    this.prepare();
    const state = this.#state;
    if (state === PENDING) return WAIT;
    if (state === READY) {
      this.#state = IDLE;
      return EMIT;
    }
    this.#state = ENDED;
    if (state === FAILED) throw this.#error;
    return DONE;
  }

  /** Asks, if it may be asked, and keeps what is there at once until it is read. */
  prepare(): void {
    if (this.#state !== IDLE) return;
    this.#state = PENDING;
    this.#isAsking = true;
    this.pull(undefined, false);
    this.#isAsking = false;
  }

  abort(cause?: ErrorOptions): void {
    this.cursor.abort(cause);
  }

  close(outer?: Grace): Closing {
    if (this.hasFailed) reportLate(this.#owner.settings, this.#error);
    return this.cursor.close(outer);
  }

  protected take(status: Status): void {
    this.value = this.cursor.value;
    this.#state = status === EMIT ? READY : ENDED;
    this.#tell();
  }

  protected fail(error: unknown): void {
    this.#error = error;
    this.#state = FAILED;
    this.#tell();
  }

  /** Tells the owner, unless it is asking just now. */
  #tell(): void {
    if (!this.#isAsking) this.#owner.arrived(this);
  }
}
