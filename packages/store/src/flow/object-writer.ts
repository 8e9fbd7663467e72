import type { Flow } from "@sluice/tams";
import type { FlowStore } from "../port/flow-store.ts";
import type { AllocatedObject } from "../port/object-facts.ts";
import type { Lifetime } from "./lifetime.ts";

/** Whose objects are written, and for how long. */
export interface ObjectWriterInit {
  readonly store: FlowStore;
  readonly flow: Flow;
  readonly lifetime: Lifetime;
}

/** How many objects are written at once. */
const AT_ONCE = 4;

/** No other is begun while those under way come to so many bytes, unless there is none. */
const MOST_BYTES = 64 * 1024 * 1024;

/** For how many objects room is made at once, at most. */
const MOST_ROOMS = 8;

/** Room is used within a minute, or left: stores wait for objects for 5 minutes at least. */
const ROOM_MS = 60_000;

/**
 * Writes the objects of a flow, several at once, since most of the time is spent in waiting
 * for a disk or a network.
 *
 * Makes room for one at first and then for twice as many each time, as long as they are used
 * soon; what is left over the store removes, as all that nothing refers to. Holds the bytes of
 * those that are under way: at most four objects, and 64 MiB or one object.
 */
export class ObjectWriter {
  readonly #init: ObjectWriterInit;
  readonly #underWay = new Set<Promise<void>>();
  #bytes = 0;
  #rooms: AllocatedObject[] = [];
  #madeAt = 0;
  #made = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(init: ObjectWriterInit) {
    this.#init = init;
  }

  /** @throws What writing an object failed with. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /**
   * Begins to write an object; waits while there are enough under way.
   *
   * @param bytes The object; they must not change any more.
   * @returns Its id.
   * @throws What writing another failed with, or making room.
   */
  async begin(bytes: Uint8Array): Promise<string> {
    await this.#waitForTurn(bytes.byteLength);
    const room = await this.#takeRoom();
    const { store, lifetime } = this.#init;
    const writing = lifetime
      .run((signal) => store.writeObject(room, bytes, { signal }))
      .then(
        () => undefined,
        (error: unknown) => {
          this.#failure ??= { error };
        },
      )
      .then(() => {
        this.#underWay.delete(writing);
        this.#bytes -= bytes.byteLength;
      });
    this.#underWay.add(writing);
    this.#bytes += bytes.byteLength;
    return room.objectId;
  }

  /**
   * Waits until all objects are written.
   *
   * @throws What one of them failed with.
   */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
    this.check();
  }

  async #waitForTurn(sizeBytes: number): Promise<void> {
    this.check();
    while (
      this.#underWay.size >= AT_ONCE ||
      (this.#underWay.size > 0 && this.#bytes + sizeBytes > MOST_BYTES)
    ) {
      await Promise.race(this.#underWay);
      this.check();
    }
  }

  async #takeRoom(): Promise<AllocatedObject> {
    const isFresh = performance.now() - this.#madeAt < ROOM_MS;
    const room = isFresh ? this.#rooms.pop() : undefined;
    if (room !== undefined) return room;
    const limit = isFresh ? Math.min(2 * this.#made || 1, MOST_ROOMS) : 1;
    const { store, flow, lifetime } = this.#init;
    const [first, ...others] = await lifetime.run(() =>
      allocate(store, flow, limit),
    );
    this.#rooms = others;
    this.#made = limit;
    this.#madeAt = performance.now();
    if (first !== undefined) return first;
    throw new RangeError(
      `The store made no room for an object of flow '${flow.id}'`,
    );
  }
}

function allocate(
  store: FlowStore,
  { id, container }: Flow,
  limit: number,
): Promise<readonly AllocatedObject[]> {
  return store.allocateObjects(id, {
    limit,
    ...(container === undefined ? {} : { contentType: container }),
  });
}
