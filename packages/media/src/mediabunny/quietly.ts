import { Logging, LogLevel } from "mediabunny";

let calls = 0;
let before = Logging.level;

/**
 * Runs a call of mediabunny's without its warnings on the console: what they are about is
 * told by errors, and by what a track says of itself.
 *
 * Its level is one for the whole process. It is put back as soon as no call is under way.
 */
export async function quietly<T>(call: () => Promise<T>): Promise<T> {
  if (calls === 0) {
    before = Logging.level;
    Logging.level = LogLevel.Silent;
  }
  calls += 1;
  try {
    return await call();
  } finally {
    calls -= 1;
    // Unless somebody has set another meanwhile.
    if (calls === 0 && Logging.level === LogLevel.Silent) {
      Logging.level = before;
    }
  }
}
