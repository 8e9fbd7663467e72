import type { Port } from "./port.ts";

/** Ports in a row, each of which is in one queue at most. */
export class PortQueue {
  #first: Port | undefined;
  #last: Port | undefined;

  push(port: Port): void {
    if (this.#first === undefined) this.#first = port;
    else if (this.#last !== undefined) this.#last.next = port;
    this.#last = port;
  }

  shift(): Port | undefined {
    const first = this.#first;
    if (first === undefined) return undefined;
    this.#first = first.next;
    first.next = undefined;
    return first;
  }
}
