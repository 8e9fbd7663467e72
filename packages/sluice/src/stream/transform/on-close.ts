import type { Outcome } from "../../context/protocol.ts";
import { BaseCursor } from "../engine/base-cursor.ts";
import { closeInTurn, withinGrace } from "../engine/closing.ts";
import type { Closing, Cursor, Status } from "../engine/cursor.ts";
import type { Settings } from "../engine/settings.ts";

/** Calls a hook when the stream ends, fails or is left, once. */
export class OnClose extends BaseCursor {
  protected readonly parts: readonly [Cursor];
  readonly #hook: (outcome: Outcome) => unknown;
  readonly #isBefore: boolean;

  constructor(
    upstream: Cursor,
    hook: (outcome: Outcome) => unknown,
    isBefore: boolean,
    settings: Settings,
  ) {
    super(settings);
    this.parts = [upstream];
    this.#hook = hook;
    this.#isBefore = isBefore;
  }

  protected step(answer: unknown, failed: boolean): Status {
    const [upstream] = this.parts;
    return this.relay(upstream, upstream.pull(answer, failed));
  }

  protected closeParts(outcome: Outcome): Closing {
    const closers = [
      () => this.parts[0].close(),
      () => withinGrace(this.#call(outcome), this.settings),
    ];
    return closeInTurn(this.#isBefore ? closers.reverse() : closers);
  }

  async #call(outcome: Outcome): Promise<void> {
    await this.#hook(outcome);
  }
}
