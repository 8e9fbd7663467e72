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
import { Gate } from "../engine/gate.ts";
import { Port, type PortOwner } from "../engine/port.ts";
import type { Settings } from "../engine/settings.ts";

/** An item, and those after it: what every branch has had is nobody's any more. */
class Cell {
  readonly value: unknown;
  /** How many branches have not had it. */
  missing: number;
  next: Cell | undefined = undefined;

  constructor(value: unknown, missing: number) {
    this.value = value;
    this.missing = missing;
  }
}

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
  #last = new Cell(undefined, 0);
  /** How many items a branch has not had. */
  #held = 0;
  /** Whether a branch waits for room. */
  #isFull = false;
  /** What the source has failed with, for every branch. */
  #failure: { readonly error: unknown } | undefined;
  #hasEnded = false;

  constructor(upstream: Cursor, capacity: number, settings: Settings) {
    this.#port = new Port(upstream, this);
    this.#capacity = capacity;
    this.settings = settings;
  }

  createBranch(): Branch {
    const branch = new Branch(this, this.settings, this.#last);
    this.#branches.add(branch);
    return branch;
  }

  arrived(): void {
    this.#load();
    for (const { gate } of this.#branches) gate.open();
  }

  /** Gives a branch the item at its position. */
  read(branch: Branch): Status {
    if (branch.cell.next === undefined) this.#load();
    const cell = branch.cell.next;
    if (cell === undefined) {
      if (this.#failure !== undefined) throw this.#failure.error;
      return this.#hasEnded ? DONE : WAIT;
    }
    branch.cell = cell;
    branch.value = cell.value;
    this.#pass(cell);
    // One that waits for room waits for an item: it is asked for on its behalf.
    if (this.#isFull && this.#load()) this.#wakeSoon();
    return EMIT;
  }

  /** Takes a branch away; the last one closes the source. */
  leave(branch: Branch): Closing {
    this.#branches.delete(branch);
    const rest = branch.cell;
    // It may be kept, but not what comes after it.
    branch.cell = new Cell(undefined, 0);
    for (let { next } = rest; next !== undefined; { next } = next) {
      this.#pass(next);
    }
    if (this.#branches.size > 0) {
      // Those that go on waiting for room will say so.
      this.#isFull = false;
      this.#wakeSoon();
      return undefined;
    }
    this.isOpen = false;
    return this.#port.close();
  }

  /** What the last branch has to abort. */
  listParts(): readonly Part[] {
    return this.#branches.size === 1 ? [this.#port] : [];
  }

  /** Asks for an item, if there is room; answers whether something has come at once. */
  #load(): boolean {
    if (this.#failure !== undefined || this.#hasEnded) return false;
    this.#isFull = this.#held >= this.#capacity;
    if (this.#isFull) return false;
    try {
      const status = this.#port.read();
      if (status === WAIT) return false;
      if (status === EMIT) {
        const cell = new Cell(this.#port.value, this.#branches.size);
        this.#last = this.#last.next = cell;
        this.#held++;
      } else {
        this.#hasEnded = true;
      }
    } catch (error) {
      this.#failure = { error };
    }
    return true;
  }

  /** Counts that one branch less has to have an item. */
  #pass(cell: Cell): void {
    if (--cell.missing === 0) this.#held--;
  }

  #wakeSoon(): void {
    for (const { gate } of this.#branches) gate.openSoon();
  }
}

/** One of the readers of a tee. */
export class Branch extends BaseCursor {
  readonly gate: Gate = new Gate();
  /** What it has had last. */
  cell: Cell;
  readonly #tee: Tee;

  constructor(tee: Tee, settings: Settings, cell: Cell) {
    super(settings);
    this.#tee = tee;
    this.cell = cell;
  }

  /** The source is the last one's alone. */
  protected get parts(): Iterable<Part> {
    return this.#tee.listParts();
  }

  protected step(): Status {
    const status = this.#tee.read(this);
    if (status === WAIT) this.awaiting = this.gate;
    return status;
  }

  protected closeParts(): Closing {
    return this.#tee.leave(this);
  }
}
