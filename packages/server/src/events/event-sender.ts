import * as http from "node:http";
import * as https from "node:https";
import { DeliveryError } from "../error/delivery-error.ts";
import type { AddressGuard } from "./address-guard.ts";

/** What is sent, and where to. */
export interface EventMessage {
  readonly url: URL;
  /** JSON. */
  readonly body: string;
  /** The subscriber's key. */
  readonly headers: Readonly<Record<string, string>>;
}

const maxRedirects = 3;

/**
 * Sends events by HTTP, over connections that stay open for the next.
 *
 * What is answered is not read. Redirections that keep the method (307, 308) are followed,
 * each to where the guard lets it go, and without the subscriber's key once they leave its
 * origin.
 */
export class EventSender {
  readonly #guard: AddressGuard;
  readonly #timeoutMs: number;
  readonly #agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };

  /**
   * @param guard Where it may send to.
   * @param timeoutMs How long an answer may take, in milliseconds.
   */
  constructor(guard: AddressGuard, timeoutMs: number) {
    this.#guard = guard;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Sends an event.
   *
   * @throws {DeliveryError} If it was not taken.
   * @throws The signal's reason, once that aborts.
   */
  async send(message: EventMessage, signal: AbortSignal): Promise<void> {
    let next = message;
    for (let hops = 0; hops <= maxRedirects; hops++) {
      const { status, location } = await this.#post(next, signal);
      if (status >= 200 && status < 300) return;
      if ((status !== 307 && status !== 308) || location === undefined) {
        throw new DeliveryError(
          `'${next.url.origin}' answers with the status ${status}`,
          { isFinal: status === 410 },
        );
      }
      next = redirect(next, location);
    }
    throw new DeliveryError(
      `'${message.url.origin}' redirects more than ${maxRedirects} times`,
    );
  }

  /** Closes its connections. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  async #post(
    message: EventMessage,
    signal: AbortSignal,
  ): Promise<{
    readonly status: number;
    readonly location?: string | undefined;
  }> {
    const limit = AbortSignal.timeout(this.#timeoutMs);
    try {
      return await this.#request(message, AbortSignal.any([signal, limit]));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DeliveryError) throw error;
      const reason = limit.aborted
        ? `it did not answer within ${this.#timeoutMs} ms`
        : readReason(error);
      throw new DeliveryError(
        `'${message.url.origin}' cannot be reached: ${reason}`,
        { cause: error },
      );
    }
  }

  #request(
    { url, body, headers }: EventMessage,
    signal: AbortSignal,
  ): Promise<{
    readonly status: number;
    readonly location: string | undefined;
  }> {
    const { request } = url.protocol === "https:" ? https : http;
    const agent = this.#agents[url.protocol === "https:" ? "https:" : "http:"];
    const bytes = Buffer.from(body);
    const options: http.RequestOptions = {
      method: "POST",
      agent,
      signal,
      lookup: this.#guard.createLookup(url),
      headers: {
        ...headers,
        "Content-Type": "application/json",
        "Content-Length": bytes.byteLength,
        "User-Agent": "sluice",
      },
    };
    return new Promise((resolve, reject) => {
      const sending = request(url, options, (response) => {
        // Passed over, so that the connection can be used again; what breaks then is
        // of no matter any more.
        response.on("error", () => undefined).resume();
        const { statusCode: status = 0, headers: told } = response;
        resolve({ status, location: told.location });
      });
      sending.on("error", reject).end(bytes);
    });
  }
}

function redirect(message: EventMessage, location: string): EventMessage {
  const url = URL.canParse(location, message.url)
    ? new URL(location, message.url)
    : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new DeliveryError(
      `'${message.url.origin}' redirects to '${location}', which is no URL of http or https`,
    );
  }
  const isSame = url.origin === message.url.origin;
  return { ...message, url, headers: isSame ? message.headers : {} };
}

function readReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of several addresses that were tried, the errors are within.
  if (error instanceof AggregateError) {
    return error.errors.map(readReason).join("; ");
  }
  return error.message;
}
