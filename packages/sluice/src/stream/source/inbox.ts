import { ClosedError } from "../../core/errors.ts";
import { whenAborted } from "../../core/when-aborted.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Part,
  type Status,
} from "../engine/cursor.ts";
import type { Settings } from "../engine/settings.ts";
import { OverflowError, type Overflow } from "./overflow.ts";

/** A sender that waits for room. */
interface Sender {
  readonly value: unknown;
  readonly accept: () => void;
  readonly refuse: (error: unknown) => void;
}

/** What an inbox is made with. */
export interface InboxOptions {
  /** How many values it holds. */
  readonly capacity: number;
  readonly overflow: Overflow;
  /** Called when it is first read. */
  readonly start?: (inbox: Inbox) => void;
  /** Called once, when nothing more is read. */
  readonly stop?: () => void;
}

/**
 * Values that are sent by some and read by one.
 *
 * Holds `capacity` values, and one for each sender that waits.
 */
export class Inbox extends BaseCursor {
  protected readonly parts: readonly Part[] = [];
  readonly #options: InboxOptions;
  /** What is being read, from `#first` on, and what is put in meanwhile. */
  #items: unknown[] = [];
  #first = 0;
  #newer: unknown[] = [];
  readonly #senders = new Set<Sender>();
  /** Lets the reader go on, while it waits. */
  #resume: (() => void) | undefined;
  #isStarted = false;
  /** No more is sent. */
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: InboxOptions, settings: Settings) {
    super(settings);
    this.#options = options;
  }

  protected step(): Status {
    if (!this.#isStarted) this.#start();
    this.#resume = undefined;
    if (this.#count() === 0) this.#admit();
    if (this.#count() > 0) {
      this.value = this.#shift();
      if (this.#senders.size > 0 && this.#count() < this.#options.capacity) {
        this.#admit();
      }
      return EMIT;
    }
    if (this.#isClosed) {
      if (this.#failure !== undefined) throw this.#failure.error;
      return DONE;
    }
    // A promise, so that the reader goes on in its own turn and its own async context.
    this.awaiting = new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
    return WAIT;
  }

  protected closeParts(): Closing {
    this.#resume = undefined;
    this.#items = [];
    this.#newer = [];
    this.#first = 0;
    const senders = [...this.#senders];
    this.#senders.clear();
    for (const { refuse } of senders) refuse(createClosed());
    if (this.#isStarted) this.#options.stop?.();
    return undefined;
  }

  /** Puts a value in, if there is room, or if the policy makes some. */
  offer(value: unknown): boolean {
    if (this.#isClosed || !this.isOpen) return false;
    const { capacity, overflow } = this.#options;
    const held = this.#count();
    if (held >= capacity && !(this.#resume !== undefined && held === 0)) {
      if (overflow !== "drop-oldest" || capacity === 0) return false;
      this.#shift();
    }
    this.#newer.push(value);
    this.#wake();
    return true;
  }

  /** Puts a value in, and waits for room where the policy is to wait. */
  async send(value: unknown, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.#isClosed || !this.isOpen) throw createClosed();
    if (this.#senders.size === 0 && this.offer(value)) return;
    const { capacity, overflow } = this.#options;
    if (overflow === "drop-newest" || overflow === "drop-oldest") return;
    if (overflow === "error") throw createOverflow(capacity);
    await new Promise<void>((resolve, reject) => {
      const sender: Sender = {
        value,
        accept: () => {
          stopListening();
          resolve();
        },
        refuse: (error) => {
          stopListening();
          reject(error);
        },
      };
      this.#senders.add(sender);
      const stopListening = whenAborted(signal, (reason) => {
        this.#senders.delete(sender);
        reject(reason);
      });
      this.#wake();
    });
  }

  /** Puts in a value that cannot wait; without room it ends with an error. */
  put(value: unknown): void {
    const { capacity, overflow } = this.#options;
    if (this.offer(value) || overflow === "drop-oldest") return;
    if (overflow !== "drop-newest")
      this.end({ error: createOverflow(capacity) });
  }

  /** Ends it, after all that was sent. */
  end(failure?: { readonly error: unknown }): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#failure = failure;
    this.#wake();
  }

  #wake(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  #start(): void {
    this.#isStarted = true;
    this.#options.start?.(this);
  }

  #count(): number {
    return this.#items.length - this.#first + this.#newer.length;
  }

  #shift(): unknown {
    if (this.#first === this.#items.length) {
      this.#items = this.#newer;
      this.#newer = [];
      this.#first = 0;
    }
    const value = this.#items[this.#first];
    this.#items[this.#first++] = undefined;
    return value;
  }

  /** Lets the sender in that has waited longest. */
  #admit(): void {
    for (const sender of this.#senders) {
      this.#senders.delete(sender);
      this.#newer.push(sender.value);
      sender.accept();
      return;
    }
  }
}

function createOverflow(capacity: number): OverflowError {
  return new OverflowError(
    `Cannot take in more: it is full, with ${capacity} values`,
  );
}

function createClosed(): ClosedError {
  return new ClosedError("Cannot send to the channel: it is closed");
}
