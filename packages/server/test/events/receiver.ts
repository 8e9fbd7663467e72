import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { asyncContextManager, type AsyncContextManager } from "sluice";

/** An event as it came. */
interface ReceivedEvent {
  readonly event_type: string;
  readonly event_timestamp: string;
  readonly event: Readonly<Record<string, unknown>>;
}

/** A subscriber: a server that keeps what it is told. */
export interface Receiver {
  readonly url: string;
  /** All that it has taken. */
  readonly events: readonly ReceivedEvent[];
  /** The headers of every request. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** What the next requests are answered with; 200 when there is no more. */
  readonly answers: Answer[];
  /** Resolves once so many requests have come, taken or not. */
  readonly waitForRequests: (count: number) => Promise<void>;
  /** Resolves once so many events were taken. */
  readonly waitForEvents: (count: number) => Promise<void>;
}

/** A status, a status with a place to go to, or something to be waited for. */
type Answer =
  | number
  | { readonly status: number; readonly location: string }
  | Promise<void>;

/** Opens a subscriber. */
export const openReceiver: () => AsyncContextManager<Receiver, boolean> =
  asyncContextManager(async function* () {
    const events: ReceivedEvent[] = [];
    const headers: IncomingHttpHeaders[] = [];
    const answers: Answer[] = [];
    let wake = (): void => undefined;
    const waitUntil = async (isThere: () => boolean) => {
      while (!isThere()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    const server = createServer((request, response) => {
      (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        headers.push(request.headers);
        const answer = answers.shift() ?? 200;
        wake();
        if (answer instanceof Promise) await answer;
        const status = typeof answer === "number" ? answer : 200;
        if (typeof answer === "object" && "location" in answer) {
          response.writeHead(answer.status, { Location: answer.location });
        } else {
          response.writeHead(status);
          if (status === 200) {
            const text = Buffer.concat(chunks).toString("utf8");
            events.push(JSON.parse(text) as ReceivedEvent);
          }
        }
        response.end();
        wake();
      })().catch(() => {
        // Who sends has hung up.
        response.destroy();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    try {
      // A server that listens at a port has an address of this kind.
      const { port } = server.address() as AddressInfo;
      yield {
        url: `http://127.0.0.1:${port}/events`,
        events,
        headers,
        answers,
        waitForRequests: (count) => waitUntil(() => headers.length >= count),
        waitForEvents: (count) => waitUntil(() => events.length >= count),
      };
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
