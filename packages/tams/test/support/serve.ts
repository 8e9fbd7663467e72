import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { asyncContextManager, type AsyncContextManager } from "sluice";

/** A request as a handler gets it. */
export interface ServedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server on this machine, and what it was asked. */
export interface Served {
  readonly url: string;
  readonly requests: readonly ServedRequest[];
}

/** Serves requests, one after the other, by the handlers of a list; the last one stays. */
export const serve: (
  ...handlers: ((request: ServedRequest, response: ServerResponse) => void)[]
) => AsyncContextManager<Served> = asyncContextManager(async function* (
  ...handlers: ((request: ServedRequest, response: ServerResponse) => void)[]
) {
  const requests: ServedRequest[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const request = {
        method: incoming.method ?? "",
        url: new URL(incoming.url ?? "", "http://localhost"),
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      };
      const handler = handlers[Math.min(requests.length, handlers.length - 1)];
      requests.push(request);
      handler?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    yield { url: `http://127.0.0.1:${port}/api/`, requests };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Answers with JSON. */
export function answer(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): (request: ServedRequest, response: ServerResponse) => void {
  return (_request, response) => {
    response.writeHead(status, {
      "Content-Type": "application/json",
      ...headers,
    });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  };
}

/** Cuts the connection, without an answer. */
export function hangUp(
  _request: ServedRequest,
  response: ServerResponse,
): void {
  response.destroy();
}
