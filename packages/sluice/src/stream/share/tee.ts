import { BaseCursor } from "../engine/base-cursor.ts";

import {
  DONE,
  EMIT,
  WAIT,
  type Closing,
  type Cursor,
  type Part,
  type Status,
} from "../engine/cursor.ts";
import type { Grace } from "../engine/grace.ts";
import { Port, type PortOwner } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/**
 * Reads one source for several branches.
 *
 * Holds the items that the fastest branch has had and the slowest has not, at most
 * `capacity`.
 */
export class Tee implements PortOwner {
  isOpen = true;
  readonly #port: Port;
  readonly settings: Settings;
  readonly #capacity: number;
  readonly #branches = new Set<Branch>();
  readonly #items: unknown[] = [];
  /** How many items are no longer held. */
  #gone = 0;
  /** What the source has failed with, for every branch. */
  #failure: { readonly error: unknown } | undefined;
  #hasEnded = false;

  constructor(upstream: Cursor, capacity: number, settings: Settings) {
    this.#port = new Port(upstream, this);
    this.#capacity = capacity;
    this.settings = settings;
  }

  createBranch(): Branch {
    const branch = new Branch(this, this.settings);
    this.#branches.add(branch);
    return branch;
  }

  arrived(): void {
    this.#read();
    this.#wake();
  }

  /** Gives a branch the item at its position. */
  read(branch: Branch): Status {
    const index = branch.position - this.#gone;
    if (index >= this.#items.length) {
      if (
        this.#failure === undefined &&
        !this.#hasEnded &&
        index < this.#capacity
      ) {
        this.#read();
      }
      if (index >= this.#items.length) return this.#answerWithout();
    }
    branch.value = this.#items[index];
    branch.position++;
    this.#trim();
    return EMIT;
  }

  /** Takes a branch away; the last one closes the source. */
  leave(branch: Branch, grace: Grace): Closing {
    this.#branches.delete(branch);
    if (this.#branches.size > 0) {
      this.#trim();
      return undefined;
    }
    this.isOpen = false;
    return this.#port.close(grace);
  }

  /** What the last branch has to abort. */
  listParts(): readonly Part[] {
    return this.#branches.size === 1 ? [this.#port] : [];
  }

  #answerWithout(): Status {
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#hasEnded ? DONE : WAIT;
  }

  #read(): void {
    try {
      const status = this.#port.read();
      if (status === EMIT) this.#items.push(this.#port.value);
      if (status === DONE) this.#hasEnded = true;
    } catch (error) {
      this.#failure = { error };
    }
  }

  /** Lets go of what every branch has had, which makes room for the fastest. */
  #trim(): void {
    const slowest = Math.min(
      ...Array.from(this.#branches, ({ position }) => position),
    );
    const gone = Math.min(slowest - this.#gone, this.#items.length);
    if (gone <= 0) return;
    this.#items.splice(0, gone);
    this.#gone += gone;
    this.#wake();
  }

  #wake(): void {
    for (const branch of this.#branches) branch.goOn();
  }
}

/** One of the readers of a tee. */
export class Branch extends BaseCursor {
  position = 0;
  #resume: (() => void) | undefined;
  readonly #tee: Tee;

  constructor(tee: Tee, settings: Settings) {
    super(settings);
    this.#tee = tee;
  }

  /** The source is the last one's alone. */
  protected get parts(): Iterable<Part> {
    return this.#tee.listParts();
  }

  protected step(): Status {
    const status = this.#tee.read(this);
    if (status === WAIT) {
      // A promise, so that it goes on in its own turn and its own async context.
      this.awaiting = new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    }
    return status;
  }

  /** Lets whoever waits for it go on. */
  goOn(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  protected closeParts(grace: Grace): Closing {
    return this.#tee.leave(this, grace);
  }
}
