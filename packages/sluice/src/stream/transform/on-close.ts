import type { Outcome } from "../../context/protocol.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import { attempt, closeInTurn } from "../engine/closing.ts";
import type { Closing, Cursor, Status } from "../engine/cursor.ts";
import type { Grace } from "../engine/grace.ts";
import type { Upstream } from "../engine/stretch.ts";

/** Calls a hook when the stream ends, fails or is left, once. */
export class OnClose extends BaseCursor {
  protected readonly parts: readonly [Cursor];
  readonly #hook: (outcome: Outcome) => unknown;
  readonly #isBefore: boolean;

  constructor(
    upstream: Upstream,
    hook: (outcome: Outcome) => unknown,
    isBefore: boolean,
  ) {
    super(upstream.settings);
    this.parts = [upstream.open()];
    this.#hook = hook;
    this.#isBefore = isBefore;
  }

  protected step(answer: unknown, failed: boolean): Status {
    const [upstream] = this.parts;
    return this.relay(upstream, upstream.pull(answer, failed));
  }

  protected closeParts(grace: Grace, outcome: Outcome): Closing {
    const closers = [
      () => this.parts[0].close(grace),
      () => {
        const hook = attempt(() => this.#hook(outcome));
        return hook && grace.wait(hook);
      },
    ];
    return closeInTurn(this.#isBefore ? closers.reverse() : closers);
  }
}
