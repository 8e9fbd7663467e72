import { DONE, EMIT, WAIT, type Status } from "../engine/cursor.ts";
import { Joint } from "../engine/joint.ts";
import { openCursor } from "../engine/open-cursor.ts";
import { Port } from "../engine/port.ts";
import { Queue } from "../engine/queue.ts";
import type { Settings } from "../engine/settings.ts";

/**
 * Gives the items of several sources as they come.
 *
 * Each source has at most one pull under way, or one item that is ready; one that
 * gave an item goes behind the others.
 */
export class Merge extends Joint {
  protected readonly sources = new Set<Port>();
  /** Those that may be asked. */
  readonly #idle = new Queue<Port>();
  /** Those that have something, in order of arrival. */
  readonly #arrived = new Queue<Port>();
  /** The source of the item at hand. */
  protected latest: Port | undefined;

  constructor(sources: readonly unknown[], settings: Settings) {
    super(settings);
    for (const source of sources) this.add(source);
  }

  protected get parts(): Iterable<Port> {
    return this.sources;
  }

  override arrived(port: Port): void {
    this.#arrived.push(port);
    this.gate.open();
  }

  protected add(source: unknown): void {
    const port = new Port(openCursor(source, this.settings), this);
    this.sources.add(port);
    this.#idle.push(port);
  }

  protected take(): Status {
    for (;;) {
      const port = this.#arrived.shift() ?? this.#idle.shift();
      if (port === undefined) return this.sources.size === 0 ? DONE : WAIT;
      const status = port.read();
      if (status === EMIT) {
        this.#idle.push(port);
        this.latest = port;
        this.value = port.value;
        return EMIT;
      }
      if (status === DONE) this.sources.delete(port);
    }
  }
}
