import { TimeoutError } from "../../task/timeout-error.ts";
import { WAIT, type Status } from "../engine/cursor.ts";
import { Timed } from "./timed.ts";

/** Fails if an item takes too long from the moment at which it is asked for. */
export class TimeLimit extends Timed {
  protected take(): Status {
    const status = this.readFrom(this.port);
    if (status !== WAIT) {
      this.stopTimer();
    } else if (this.isDue) {
      throw new TimeoutError(
        `Cannot wait for the next item: it did not come within ${this.ms} ms`,
      );
    } else {
      this.startTimer();
    }
    return status;
  }
}
