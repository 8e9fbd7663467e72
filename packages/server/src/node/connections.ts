import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Lets a server's requests come to their end before it stops. */
export class Connections {
  readonly #server: Server;
  /** How many answers each is waiting for. */
  readonly #sockets = new Map<Socket, number>();
  readonly #underWay = new Set<ServerResponse>();
  readonly #answering = new Set<Promise<void>>();
  #isStopping = false;

  /** @param server The server. */
  constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.#sockets.set(socket, 0);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /**
   * Takes note of an answer that is to be given.
   *
   * @param response The answer.
   * @param answering What gives it.
   */
  follow(response: ServerResponse, answering: Promise<void>): void {
    const ended = answering
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : undefined);
      })
      .finally(() => this.#answering.delete(ended));
    this.#answering.add(ended);
    const { socket } = response;
    if (socket === null) return;
    if (this.#isStopping) response.shouldKeepAlive = false;
    this.#underWay.add(response);
    this.#count(socket, 1);
    response.once("close", () => {
      this.#underWay.delete(response);
      this.#count(socket, -1);
      if (this.#isStopping) this.#closeIdle();
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
    this.#closeIdle();
    const timer = setTimeout(() => {
      this.#server.closeAllConnections();
    }, ms);
    await closed;
    clearTimeout(timer);
    // Those that were cut off may still tidy up.
    await Promise.all(this.#answering);
  }

  /** Node's own takes no account of connections that nothing was asked by yet. */
  #closeIdle(): void {
    for (const [socket, answers] of this.#sockets) {
      if (answers === 0) socket.destroySoon();
    }
  }

  #count(socket: Socket, change: number): void {
    const before = this.#sockets.get(socket);
    if (before !== undefined) this.#sockets.set(socket, before + change);
  }
}
