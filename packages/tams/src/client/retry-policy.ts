/** When a request is made again. */
export interface RetryOptions {
  /** How often a request is made at most, the first time included; 5 by default. */
  readonly attempts?: number;
  /** How long the first pause is, in milliseconds; each one is twice the last. 200 by default. */
  readonly firstPauseMs?: number;
  /** How long a pause is at most, in milliseconds, `Retry-After` included; 30000 by default. */
  readonly longestPauseMs?: number;
}

/** Statuses that say nothing of the request, but of the moment. */
const passing: ReadonlySet<number> = new Set([
  408, 425, 429, 500, 502, 503, 504,
]);

/**
 * Decides whether a request is made again, and after how long.
 *
 * What changes nothing when it is done twice (`GET`, `HEAD`, `PUT`, `DELETE`) is made again
 * after each failure that may pass. `POST` is made again only where the service says that it
 * has not begun: 429, or 503 with `Retry-After`.
 *
 * Source: RFC 9110, 9.2.2 (idempotent methods) and 10.2.3 (`Retry-After`).
 */
export class RetryPolicy {
  readonly #attempts: number;
  readonly #first: number;
  readonly #longest: number;

  /** @throws {RangeError} If a number is not positive. */
  constructor(options: RetryOptions = {}) {
    const {
      attempts = 5,
      firstPauseMs = 200,
      longestPauseMs = 30_000,
    } = options;
    for (const [name, value] of Object.entries({
      attempts,
      firstPauseMs,
      longestPauseMs,
    })) {
      if (value > 0) continue;
      throw new RangeError(
        `Cannot take ${value} as ${name}: it is not positive`,
      );
    }
    this.#attempts = attempts;
    this.#first = firstPauseMs;
    this.#longest = longestPauseMs;
  }

  /**
   * Gives the pause before the next attempt, in milliseconds; nothing, if there is none.
   *
   * @param method How was asked.
   * @param attempt How many attempts there were.
   * @param outcome What was answered; or why there is no answer.
   */
  findPause(
    method: string,
    attempt: number,
    outcome: unknown,
  ): number | undefined {
    if (attempt >= this.#attempts) return undefined;
    const response = outcome instanceof Response ? outcome : undefined;
    const asked = response && parseRetryAfter(response.headers);
    if (response !== undefined && !passing.has(response.status))
      return undefined;
    if (method === "POST" && !isUndone(response, asked)) return undefined;
    // Many who fail at once do not come back at once.
    const pause = this.#first * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    return Math.min(Math.max(pause, asked ?? 0), this.#longest);
  }
}

function isUndone(
  response: Response | undefined,
  asked: number | undefined,
): boolean {
  if (response === undefined) return false;
  return (
    response.status === 429 || (response.status === 503 && asked !== undefined)
  );
}

function parseRetryAfter(headers: Headers): number | undefined {
  const text = headers.get("Retry-After");
  if (text === null) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
