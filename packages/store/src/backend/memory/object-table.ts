import type { ObjectRecord } from "../../port/segment-index.ts";
import { keep } from "./kept.ts";
import { compareKeys, compareParts, OrderedMap } from "./ordered-map.ts";

type ObjectKey = readonly [group: string, id: string];

/** Objects by id; by state; and by the initialisation object that they need. */
export class ObjectTable {
  readonly #byId: OrderedMap<string, ObjectRecord>;
  readonly #byState: OrderedMap<ObjectKey, ObjectRecord>;
  readonly #byInit: OrderedMap<ObjectKey, ObjectRecord>;

  /** @param original What this is a copy of. */
  constructor(original?: ObjectTable) {
    this.#byId = original
      ? original.#byId.copy()
      : new OrderedMap<string, ObjectRecord>(compareParts);
    this.#byState = original
      ? original.#byState.copy()
      : new OrderedMap<ObjectKey, ObjectRecord>(compareKeys);
    this.#byInit = original
      ? original.#byInit.copy()
      : new OrderedMap<ObjectKey, ObjectRecord>(compareKeys);
  }

  /** Makes a copy, which changes by itself. */
  copy(): ObjectTable {
    return new ObjectTable(this);
  }

  find(id: string): ObjectRecord | undefined {
    return this.#byId.get(id);
  }

  put(object: ObjectRecord): void {
    const kept = keep(object);
    const { id, state, initObjectId } = kept;
    this.remove(id);
    this.#byId.set(id, kept);
    this.#byState.set([state, id], kept);
    if (initObjectId !== undefined) this.#byInit.set([initObjectId, id], kept);
  }

  remove(id: string): void {
    const object = this.#byId.get(id);
    if (object === undefined) return;
    this.#byId.delete(id);
    this.#byState.delete([object.state, id]);
    if (object.initObjectId !== undefined) {
      this.#byInit.delete([object.initObjectId, id]);
    }
  }

  /** Whether an object needs it as its initialisation object. */
  isNeeded(id: string): boolean {
    const [first] = this.#byInit.from([id, ""]);
    return first?.[0][0] === id;
  }

  /** Objects of a state that were allocated before an instant, behind an id, by id. */
  *list({
    state,
    allocatedBefore = Infinity,
    after = "",
  }: {
    readonly state: ObjectRecord["state"];
    readonly allocatedBefore?: number;
    readonly after?: string | undefined;
  }): Iterable<ObjectRecord> {
    for (const [, object] of this.#byState.from([state, after])) {
      if (object.state !== state) return;
      if (object.id === after) continue;
      if (object.allocatedAt < allocatedBefore) yield object;
    }
  }
}
