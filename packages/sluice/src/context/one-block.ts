/** The life of a manager that serves for one block: entered once, exited once. */
export class OneBlock {
  /** What messages call the manager. */
  readonly title: string;
  stage: "not entered" | "entered" | "exited" = "not entered";

  constructor(title: string) {
    this.title = title;
  }

  /** @throws {TypeError} If it was entered before. */
  begin(): void {
    this.#move("enter", "not entered", "entered");
  }

  /** @throws {TypeError} If it is not entered. */
  end(): void {
    this.#move("exit", "entered", "exited");
  }

  #move(act: string, from: OneBlock["stage"], to: OneBlock["stage"]): void {
    if (this.stage !== from) {
      throw new TypeError(
        `Cannot ${act} ${this.title}: it is ${this.stage}; it serves once`,
      );
    }
    this.stage = to;
  }
}
