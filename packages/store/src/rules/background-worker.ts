import { guard, sleep } from "sluice";
import type { DeletionRules } from "./deletion-rules.ts";
import type { Sweeper } from "./sweeper.ts";

/** What the worker works with. */
export interface WorkerParts {
  readonly deletions: DeletionRules;
  readonly sweeper: Sweeper;
  /** How often buckets are swept, in milliseconds. */
  readonly sweepIntervalMs: number;
  /** Is told what fails, which is tried again; if it is absent, that ends the work. */
  readonly onError: ((error: unknown) => void) | undefined;
}

/** Who waits for a deletion. */
interface Waiter {
  readonly id: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Does in the background what callers need not wait for: one thing after the other, so that
 * two deletions of one flow never meet. What it has not done when it is stopped is found in
 * the index when it is started again.
 */
export class BackgroundWorker {
  readonly #parts: WorkerParts;
  readonly #waiters = new Map<symbol, Waiter>();
  #alarm = new AbortController();
  #failure: { readonly error: unknown } | undefined;

  /** @param parts What it works with. */
  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** Tells it that there is work to do. */
  wake(): void {
    this.#alarm.abort();
  }

  /** Works until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { sweepIntervalMs, sweeper } = this.#parts;
    try {
      for (;;) {
        this.#alarm = new AbortController();
        await this.#attempt((stop) => this.#workOff(stop), signal);
        await this.#attempt((stop) => sweeper.tidy(stop), signal);
        if (await this.#rest(sweepIntervalMs, signal)) continue;
        await this.#attempt((stop) => sweeper.removeOrphans(stop), signal);
      }
    } catch (error) {
      this.#failure = { error };
      for (const { reject } of this.#waiters.values()) reject(error);
      throw error;
    }
  }

  /**
   * Waits for a deletion to be done.
   *
   * @throws What it failed by.
   */
  async wait(id: string, signal: AbortSignal): Promise<void> {
    const key = Symbol(id);
    const done = new Promise<void>((resolve, reject) => {
      this.#waiters.set(key, { id, resolve, reject });
    });
    try {
      // Looked at once it waits, so that the end is not missed.
      await Promise.all([guard(done, signal), this.#prompt(id)]);
    } finally {
      this.#waiters.delete(key);
    }
  }

  /** Lets waiters know at once what is over, and hurries the rest. */
  async #prompt(id: string): Promise<void> {
    const { status } = await this.#parts.deletions.get(id);
    if (this.#failure !== undefined) throw this.#failure.error;
    if (status === "done") this.#settle(id, resolveWaiter);
    else this.wake();
  }

  #settle(id: string, settle: (waiter: Waiter) => void): void {
    for (const waiter of this.#waiters.values()) {
      if (waiter.id === id) settle(waiter);
    }
  }

  async #workOff(signal: AbortSignal): Promise<void> {
    const { deletions } = this.#parts;
    for (const { id } of await deletions.listOpen()) {
      try {
        await this.#finish(id, signal);
      } catch (error) {
        if (signal.aborted) throw error;
        this.#settle(id, (waiter) => {
          waiter.reject(error);
        });
        await deletions.fail(id, error);
        throw error;
      }
    }
  }

  async #finish(id: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const request = await this.#parts.deletions.step(id);
      if (request.status !== "done") continue;
      this.#settle(id, resolveWaiter);
      return;
    }
  }

  /** Does something; if it fails, it is told, and tried again the next time. */
  async #attempt(
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { onError } = this.#parts;
    try {
      await work(signal);
    } catch (error) {
      if (onError === undefined || signal.aborted) throw error;
      onError(error);
    }
  }

  /** Waits for work, or for the next sweep; tells whether there is work. */
  async #rest(ms: number, signal: AbortSignal): Promise<boolean> {
    const alarm = this.#alarm.signal;
    try {
      await sleep(ms, AbortSignal.any([signal, alarm]));
      return false;
    } catch (error) {
      signal.throwIfAborted();
      if (alarm.aborted) return true;
      throw error;
    }
  }
}

function resolveWaiter({ resolve }: Waiter): void {
  resolve();
}
