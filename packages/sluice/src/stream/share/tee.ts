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

/** An item, and those after it: what every branch has had is nobody's any more. */
interface Cell {
  readonly value: unknown;
  /** How many branches have not had it. */
  missing: number;
  next: Cell | undefined;
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
  #last: Cell = createCell();
  /** How many items a branch has not had. */
  #held = 0;
  /** Whether a branch waits for room. */
  #isFull = false;
  #news: Promise<void> | undefined;
  #tell: (() => void) | undefined;
  /** What the source has failed with, for every branch. */
  #failure: { readonly error: unknown } | undefined;

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
    this.#wake();
  }

  /** Gives a branch the item at its position. */
  read(branch: Branch): Status {
    if (branch.cell.next === undefined) this.#load();
    const cell = branch.cell.next;
    if (cell === undefined) {
      if (this.#failure !== undefined) throw this.#failure.error;
      return this.#port.hasEnded ? DONE : WAIT;
    }
    branch.cell = cell;
    branch.value = cell.value;
    this.#pass(cell);
    // One that waits for room waits for an item: it is asked for on its behalf.
    if (this.#isFull && this.#load()) this.#wake();
    return EMIT;
  }

  /**
   * What branches wait for: one promise for all. Each goes on in a turn, and an async
   * context, of its own.
   */
  get news(): Promise<void> {
    this.#news ??= new Promise((resolve) => {
      this.#tell = resolve;
    });
    return this.#news;
  }

  /** Takes a branch away; the last one closes the source. */
  leave(branch: Branch, grace: Grace): Closing {
    this.#branches.delete(branch);
    for (let cell = branch.cell.next; cell !== undefined; cell = cell.next) {
      this.#pass(cell);
    }
    // It may be kept, but not what comes after.
    branch.cell = createCell();
    if (this.#branches.size > 0) {
      // Those that go on waiting for room will say so.
      this.#isFull = false;
      this.#wake();
      return undefined;
    }
    this.isOpen = false;
    return this.#port.close(grace);
  }

  /** What the last branch has to abort. */
  listParts(): readonly Part[] {
    return this.#branches.size === 1 ? [this.#port] : [];
  }

  /** Asks for an item, if there is room; answers whether it need not be waited for. */
  #load(): boolean {
    this.#isFull = this.#held >= this.#capacity;
    if (this.#isFull) return false;
    try {
      if (this.#port.read() === EMIT) {
        const cell = createCell(this.#port.value, this.#branches.size);
        this.#last = this.#last.next = cell;
        this.#held++;
      }
    } catch (error) {
      this.#failure = { error };
    }
    return !this.#port.isPending;
  }

  /** Counts that one branch less has to have an item. */
  #pass(cell: Cell): void {
    if (--cell.missing === 0) this.#held--;
  }

  #wake(): void {
    this.#news = undefined;
    this.#tell?.();
    this.#tell = undefined;
  }
}

/** One of the readers of a tee. */
export class Branch extends BaseCursor {
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

  /** Who runs a callback meanwhile is the source, which sees to it itself. */
  override close(outer?: Grace): Closing {
    this.isRunning = false;
    return super.close(outer);
  }

  protected step(): Status {
    const status = this.#tee.read(this);
    if (status === WAIT) this.awaiting = this.#tee.news;
    return status;
  }

  protected closeParts(grace: Grace): Closing {
    return this.#tee.leave(this, grace);
  }
}

function createCell(value?: unknown, missing = 0): Cell {
  return { value, missing, next: undefined };
}
