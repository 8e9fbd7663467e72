import { createServer, request as ask, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { asyncContextManager } from "sluice";

/**
 * What befalls a request: it does not arrive; it is done, and the answer is lost; or the
 * answer is cut off in the middle.
 */
export type Fault = "drop" | "lose" | "cut" | undefined;

/** A proxy, and what has passed through it. */
interface FaultyProxy {
  /** Its URL: the server says in its answers that it is there. */
  readonly url: string;
  /** `METHOD /path` of each request, in order. */
  readonly passed: string[];
}

/**
 * Stands before a server, and lets connections break.
 *
 * @param target The server's URL.
 * @param choose What befalls a request: `route` is its method and path, `count` how often it
 * came before.
 */
export const faultyProxy = asyncContextManager(async function* (
  target: string,
  choose: (route: string, count: number) => Fault,
) {
  const counts = new Map<string, number>();
  const passed: string[] = [];
  const proxy = createServer((incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    const route = `${method} ${url.split("?")[0] ?? ""}`;
    const key = `${method} ${url}`;
    const count = counts.get(key) ?? 0;
    counts.set(key, count + 1);
    passed.push(route);
    const fault = choose(route, count);
    const breakOff = (): void => {
      response.destroy();
    };
    if (fault === "drop") {
      breakOff();
      return;
    }
    // The host is that of the proxy: the server's URLs lead through it.
    const outgoing = ask(new URL(url, target), { method, headers });
    outgoing.on("error", breakOff);
    outgoing.on("response", (answer) => {
      collect(answer, (body) => {
        if (fault === "lose") {
          breakOff();
          return;
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        if (fault !== "cut" || body.length === 0) {
          response.end(body);
          return;
        }
        const half = body.subarray(0, Math.ceil(body.length / 2));
        response.write(half, () => setImmediate(breakOff));
      });
    });
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  try {
    yield { url: `http://127.0.0.1:${port}/`, passed } satisfies FaultyProxy;
  } finally {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
});

function collect(answer: IncomingMessage, then: (body: Buffer) => void): void {
  const parts: Buffer[] = [];
  answer.on("data", (part: Buffer) => parts.push(part));
  answer.on("end", () => {
    then(Buffer.concat(parts));
  });
}
