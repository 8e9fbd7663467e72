import { createHash } from "node:crypto";
import { from } from "sluice";
import { ObjectNotFoundError } from "../error/object-not-found-error.ts";
import type { FlowStore } from "../port/flow-store.ts";
import type { ObjectFacts } from "../port/object-facts.ts";
import type { Found } from "./finding.ts";
import type { FlowSegment } from "./flow-segment.ts";

type SegmentObject = Pick<
  FlowSegment["document"],
  "object_id" | "get_urls" | "init_object"
>;

/**
 * Reads objects and compares them with what was noted when they were written.
 *
 * Holds a chunk of each. An initialisation object, which many segments share, is read once.
 */
export class BytesCheck {
  readonly #store: FlowStore;
  readonly #initObjects = new Map<string, Promise<Found | undefined>>();

  /** @param store Where the objects are. */
  constructor(store: FlowStore) {
    this.#store = store;
  }

  /**
   * Looks at the objects of a segment.
   *
   * @param segment The segment.
   * @param signal Gives it up with its reason.
   * @returns What is wrong with its own object, and with its initialisation object.
   */
  async check(
    { document }: FlowSegment,
    signal: AbortSignal,
  ): Promise<readonly Found[]> {
    const { init_object: init } = document;
    const found = [
      init && (await this.#checkInit(init, signal)),
      await this.#checkObject(document, "object", signal),
    ];
    return found.filter((one) => one !== undefined);
  }

  #checkInit(
    init: SegmentObject,
    signal: AbortSignal,
  ): Promise<Found | undefined> {
    const known = this.#initObjects.get(init.object_id);
    if (known !== undefined) return known;
    const checking = this.#checkObject(init, "initialisation object", signal);
    this.#initObjects.set(init.object_id, checking);
    return checking;
  }

  async #checkObject(
    object: SegmentObject,
    kind: "object" | "initialisation object",
    signal: AbortSignal,
  ): Promise<Found | undefined> {
    const { object_id: objectId } = object;
    const name = `${kind} '${objectId}'`;
    try {
      const noted = await this.#findNoted(objectId);
      const hash = createHash("sha256");
      let sizeBytes = 0;
      await from(this.#store.streamObject(object))
        .withOptions({ signal })
        .forEach((chunk) => {
          sizeBytes += chunk.byteLength;
          if (noted !== undefined) hash.update(chunk);
        });
      if (noted === undefined) return undefined;
      const found = { sizeBytes, sha256: hash.digest("hex") };
      const fault = compare(name, noted, found);
      return fault && { objectId, ...fault };
    } catch (cause) {
      signal.throwIfAborted();
      return { objectId, ...toFault(name, cause) };
    }
  }

  /** Finds what was noted; nothing, of what the store does not look after. */
  async #findNoted(objectId: string): Promise<Bytes | undefined> {
    try {
      return await this.#store.describeObject?.(objectId);
    } catch (error) {
      if (error instanceof ObjectNotFoundError) return undefined;
      throw error;
    }
  }
}

type Fault = Omit<Found, "objectId">;

/** What of an object can be compared. */
type Bytes = Pick<ObjectFacts, "sizeBytes" | "sha256">;

function compare(name: string, noted: Bytes, found: Bytes): Fault | undefined {
  if (found.sizeBytes !== noted.sizeBytes) {
    const text = `${name} has ${found.sizeBytes} bytes, and was written with ${noted.sizeBytes}`;
    return { problem: "wrong-size", text };
  }
  if (noted.sha256 === undefined || found.sha256 === noted.sha256) {
    return undefined;
  }
  const text = `${name} has other bytes than it was written with: their SHA-256 is ${found.sha256}, and was ${noted.sha256}`;
  return { problem: "wrong-checksum", text };
}

function toFault(name: string, cause: unknown): Fault {
  if (cause instanceof ObjectNotFoundError) {
    const text = `${name} is missing`;
    return { problem: "missing-object", text, cause };
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  const text = `${name} cannot be read: ${reason}`;
  return { problem: "unreadable-object", text, cause };
}
