import type { Server, ServerResponse } from "node:http";

/** Lets a server's requests come to their end before it stops. */
export class Connections {
  readonly #server: Server;
  readonly #underWay = new Set<ServerResponse>();
  #isStopping = false;

  /** @param server The server. */
  constructor(server: Server) {
    this.#server = server;
  }

  /** Takes note of an answer that is to be given. */
  follow(response: ServerResponse): void {
    if (this.#isStopping) response.shouldKeepAlive = false;
    this.#underWay.add(response);
    response.once("close", () => {
      this.#underWay.delete(response);
      if (this.#isStopping) this.#server.closeIdleConnections();
    });
  }

  /**
   * Takes no more connections, and waits for the answers that are to be given.
   *
   * @param ms How long, in milliseconds; what is left then is cut off.
   */
  async stop(ms: number): Promise<void> {
    this.#isStopping = true;
    for (const response of this.#underWay) {
      // Those that have begun to be answered are closed when they are idle.
      if (!response.headersSent) response.shouldKeepAlive = false;
    }
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeIdleConnections();
    const timer = setTimeout(() => {
      this.#server.closeAllConnections();
    }, ms);
    await closed;
    clearTimeout(timer);
  }
}
