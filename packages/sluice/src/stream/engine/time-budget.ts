/** Items between two looks at the clock, which takes longer than most items. */
const ITEMS_A_LOOK = 64;

/** How long work goes on before it gives way to the event loop. */
export class TimeBudget {
  /** How many items are left until the next look. */
  items = ITEMS_A_LOOK;
  #deadline = 0;

  /**
   * Looks at the clock; the first look begins to count.
   *
   * @param ms The whole budget, in milliseconds.
   */
  isUsedUp(ms: number): boolean {
    this.items = ITEMS_A_LOOK;
    const moment = performance.now();
    if (moment < this.#deadline) return false;
    const isFirst = this.#deadline === 0;
    this.#deadline = moment + ms;
    return !isFirst;
  }
}
