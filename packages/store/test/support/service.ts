import { createServer, type ServerResponse } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { asyncContextManager } from "sluice";

/** A request that a service got. */
interface ServiceRequest {
  readonly method: string;
  /** Behind the service's URL, as it came. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is done with a request. */
export type ServiceHandler = (
  request: ServiceRequest,
  response: ServerResponse,
) => void;

/** A service on this machine that answers as it is told, and what it was asked. */
export interface ScriptedService {
  /** Its URL. */
  readonly url: string;
  /** What it was asked, but for `GET /service`. */
  readonly requests: ServiceRequest[];
  /** How it answers: by `METHOD /path`, one after the other; the last one stays. */
  readonly routes: Record<string, readonly ServiceHandler[]>;
}

/** A service as others make them, in place of one. */
export const scriptedService = asyncContextManager(async function* (
  routes: ScriptedService["routes"] = {},
) {
  const requests: ServiceRequest[] = [];
  const all: ScriptedService["routes"] = {
    "GET /service": [json(serviceDocument)],
    ...routes,
  };
  const counts = new Map<string, number>();
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      const { pathname, searchParams } = new URL(
        incoming.url ?? "",
        "http://localhost",
      );
      const { method = "", headers } = incoming;
      const path = pathname.replace(/^\/api/, "");
      const body = Buffer.concat(parts);
      const request = { method, path, search: searchParams, headers, body };
      const route = `${method} ${path}`;
      if (route !== "GET /service") requests.push(request);
      const count = counts.get(route) ?? 0;
      counts.set(route, count + 1);
      const handlers = all[route] ?? [refusal(404)];
      handlers[Math.min(count, handlers.length - 1)]?.(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    yield { url: `http://127.0.0.1:${port}/api`, requests, routes: all };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const serviceDocument = {
  type: "urn:x-tams:service.example",
  api_version: "8.2",
  min_object_timeout: "600:0",
};

/** Answers with a document. */
export function json(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): ServiceHandler {
  return (_request, response) => {
    const type = { "Content-Type": "application/json", ...headers };
    response.writeHead(status, type);
    response.end(JSON.stringify(value));
  };
}

/** Answers without a body. */
export function empty(status = 204): ServiceHandler {
  return (_request, response) => {
    response.writeHead(status).end();
  };
}

/** Refuses, in words of its own. */
export function refusal(
  status: number,
  type = "Refused",
  summary = "No",
): ServiceHandler {
  return json({ type, summary, time: "2026-01-01T00:00:00Z" }, status);
}

/** Answers with bytes, or with those of them that are asked for. */
export function bytes(content: Uint8Array): ServiceHandler {
  return ({ headers }, response) => {
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
    const [start, last] = [Number(range?.[1] ?? 0), range?.[2] ?? ""];
    const end = last === "" ? content.length : Number(last) + 1;
    if (start >= content.length) {
      const all = { "Content-Range": `bytes */${content.length}` };
      response.writeHead(416, all).end();
      return;
    }
    const part = content.subarray(start, end);
    response.writeHead(range === null ? 200 : 206, {
      "Content-Length": part.length,
    });
    response.end(part);
  };
}

/** Sends the first so many bytes, and cuts the connection. */
export function cutAfter(content: Uint8Array, count: number): ServiceHandler {
  return (_request, response) => {
    response.writeHead(200, { "Content-Length": content.length });
    response.write(content.subarray(0, count), () => {
      setImmediate(() => response.destroy());
    });
  };
}

/** Cuts the connection, without an answer. */
export const hangUp: ServiceHandler = (_request, response) => {
  response.destroy();
};
