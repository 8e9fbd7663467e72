import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Cursor,
  type Part,
  type Status,
} from "./cursor.ts";
import { Grace } from "./grace.ts";
import { Trampoline } from "./trampoline.ts";

/** Whose upstream a port is. */
export interface PortOwner {
  readonly isOpen: boolean;
  /** What was waited for is there: `read()` gives it. */
  arrived(port: Port): void;
}

type State = 0 | 1 | 2 | 3 | 4 | 5;
const IDLE = 0;
/** It is being asked, and the owner need not be told of what is there at once. */
const ASKED = 1;
const PENDING = 2;
const READY = 3;
const FAILED = 4;
const ENDED = 5;

/** One upstream of an operator that has several, or that does not wait for it alone. */
export class Port extends Trampoline implements Part {
  /** The item that was read last. */
  value: unknown = undefined;
  /** The one behind it in a queue. */
  next: Port | undefined;
  readonly #owner: PortOwner;
  #state: State = IDLE;
  #error: unknown = undefined;

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
    if (this.#state === IDLE) this.prepare();
    const state = this.#state;
    if (state === READY) {
      this.#state = IDLE;
      return EMIT;
    }
    if (state === PENDING) return WAIT;
    this.#state = ENDED;
    if (state === FAILED) throw this.#error;
    return DONE;
  }

  /** Asks, if it may be asked, and keeps what is there at once until it is read. */
  prepare(): void {
    if (this.#state !== IDLE) return;
    this.#state = ASKED;
    if (this.pull(undefined, false)) this.#state = PENDING;
  }

  abort(cause?: ErrorOptions): void {
    this.cursor.abort(cause);
  }

  close(outer?: Grace): Closing {
    if (this.hasFailed) {
      new Grace(this.cursor.settings, outer).report(this.#error);
    }
    return this.cursor.close(outer);
  }

  protected take(status: Status): void {
    this.value = this.cursor.value;
    this.#arrive(status === EMIT ? READY : ENDED);
  }

  protected fail(error: unknown): void {
    this.#error = error;
    this.#arrive(FAILED);
  }

  #arrive(state: State): void {
    const isExpected = this.#state === PENDING;
    this.#state = state;
    if (isExpected) this.#owner.arrived(this);
  }
}
