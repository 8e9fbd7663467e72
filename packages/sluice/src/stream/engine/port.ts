import type { Closing } from "./closing.ts";
import { DONE, EMIT, WAIT, type Cursor, type Status } from "./cursor.ts";

/** What a port tells its owner. */
export interface PortOwner {
  readonly isOpen: boolean;
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
export class Port {
  /** The item that was read last. */
  value: unknown = undefined;
  #state: State = IDLE;
  #error: unknown = undefined;
  readonly #onValue: (value: unknown) => void;
  readonly #onError: (error: unknown) => void;

  readonly cursor: Cursor;

  constructor(cursor: Cursor, owner: PortOwner) {
    this.cursor = cursor;
    // Made once, and not for each item.
    this.#onValue = (value) => {
      if (owner.isOpen) this.#goOn(owner, () => cursor.resume(value));
    };
    this.#onError = (error) => {
      if (owner.isOpen) this.#goOn(owner, () => cursor.fail(error));
    };
  }

  /** Whether it has been asked and has not answered. */
  get isPending(): boolean {
    return this.#state === PENDING;
  }

  /** Whether nothing more comes of it. */
  get hasEnded(): boolean {
    return this.#state === ENDED;
  }

  /**
   * Gives what has arrived, or asks for it.
   *
   * @returns `EMIT`, with the item in `value`, `DONE`, or `WAIT`: then the owner
   * is told when it is time to read again.
   * @throws What the upstream throws; it is closed then.
   */
  read(): Status {
    switch (this.#state) {
      case IDLE:
        return this.#ask();
      case PENDING:
        return WAIT;
      case READY:
        this.#state = IDLE;
        return EMIT;
      case FAILED:
        this.#state = ENDED;
        throw this.#error;
      default:
        return DONE;
    }
  }

  /** Asks, if it may be asked, and keeps what is there at once until it is read. */
  prepare(): void {
    if (this.#state !== IDLE) return;
    try {
      if (this.#ask() === EMIT) this.#state = READY;
    } catch (error) {
      this.#error = error;
      this.#state = FAILED;
    }
  }

  close(): Closing {
    return this.cursor.close();
  }

  #ask(): Status {
    // What throws has closed itself.
    this.#state = ENDED;
    const status = this.cursor.pull();
    if (status === EMIT) {
      this.#state = IDLE;
      this.value = this.cursor.value;
    } else if (status === WAIT) {
      this.#state = PENDING;
      this.#listen();
    }
    return status;
  }

  #goOn(owner: PortOwner, answer: () => Status): void {
    try {
      const status = answer();
      if (status === WAIT) {
        this.#listen();
        return;
      }
      this.value = this.cursor.value;
      this.#state = status === EMIT ? READY : ENDED;
    } catch (error) {
      this.#error = error;
      this.#state = FAILED;
    }
    owner.arrived(this);
  }

  #listen(): void {
    this.cursor.awaiting.then(this.#onValue, this.#onError);
  }

  /** The failure that has arrived and was not read. */
  get unread(): { readonly error: unknown } | undefined {
    return this.#state === FAILED ? { error: this.#error } : undefined;
  }
}
