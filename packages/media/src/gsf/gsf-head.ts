import { fromDate, type Timestamp } from "@sluice/time";
import { checkInteger } from "../grain/check-integer.ts";
import { toUuid } from "../grain/uuid.ts";
import type { GsfVersion } from "./gsf-version.ts";

/** A pair of texts that says something of a file or a segment. */
export interface GsfTag {
  /** At most 65535 bytes of UTF-8. */
  readonly key: string;
  /** At most 65535 bytes of UTF-8. */
  readonly value: string;
}

/** What a file tells of the flow of a segment. */
export interface GsfFlow {
  /** The source: a UUID. */
  readonly sourceId: string;
  /** The flow: a UUID. */
  readonly flowId: string;
  /** The format's URN, such as `urn:x-nmos:format:video`; at most 64 bytes. */
  readonly format: string;
  /** The flow as JSON, to the letter. */
  readonly json: string;
}

/** A flow's part of a file. */
export interface GsfSegment {
  /** What its grains refer to it by: at most 65535, and unique in the file. */
  readonly localId: number;
  /** Its own UUID. */
  readonly id: string;
  /** How many grains there are, if that was known when the head was written. */
  readonly count: number | undefined;
  /** What is told of its flow, if anything. */
  readonly flow: GsfFlow | undefined;
  /** What else is said of it. */
  readonly tags: readonly GsfTag[];
}

/** The head of a file. */
export interface GsfHead {
  /** Tells it from the other parts. */
  readonly kind: "head";
  /** Which GSF the file is in. */
  readonly version: GsfVersion;
  /** The file's own UUID. */
  readonly id: string;
  /** When it was made, in TAI; a file has whole seconds of UTC. */
  readonly created: Timestamp;
  /** The flows' parts. */
  readonly segments: readonly GsfSegment[];
  /** What else is said of the file. */
  readonly tags: readonly GsfTag[];
}

/** What a segment is made of. */
export interface GsfSegmentInit {
  /** From 1 on, in the order of the segments, unless said otherwise. */
  readonly localId?: number;
  /** A new one unless said otherwise. */
  readonly id?: string;
  /** How many grains there will be; unknown unless said otherwise. */
  readonly count?: number | undefined;
  /** What is told of its flow; nothing unless said otherwise. */
  readonly flow?: GsfFlow | undefined;
  /** None unless said otherwise. */
  readonly tags?: readonly GsfTag[];
}

/** What a head is made of. */
export interface GsfHeadInit {
  /** The major version; 9 unless said otherwise. */
  readonly version?: 7 | 8 | 9;
  /** A new one unless said otherwise. */
  readonly id?: string;
  /** Now unless said otherwise. */
  readonly created?: Timestamp;
  /** One segment unless said otherwise. */
  readonly segments?: readonly GsfSegmentInit[];
  /** None unless said otherwise. */
  readonly tags?: readonly GsfTag[];
}

/**
 * Makes the head of a file.
 *
 * @param init What differs from the head of a new file with one segment.
 * @returns The head.
 * @throws {SyntaxError} If an id is no UUID.
 * @throws {RangeError} If a local id or a count is out of bounds, or two segments have
 * the same local id.
 *
 * @example A file for two flows
 * ```ts
 * import { createGsfHead } from "@sluice/media";
 * import assert from "node:assert/strict";
 *
 * const head = createGsfHead({ segments: [{}, { tags: [{ key: "a", value: "b" }] }] });
 * assert.deepEqual(
 *   head.segments.map(({ localId }) => localId),
 *   [1, 2],
 * );
 * ```
 */
export function createGsfHead(init?: GsfHeadInit): GsfHead {
  const { version = 9, segments = [{}], tags = [] } = init ?? {};
  const { id = createUuid(), created = fromDate(new Date()) } = init ?? {};
  const made = segments.map(createSegment);
  if (new Set(made.map(({ localId }) => localId)).size < made.length) {
    throw new RangeError(
      "Cannot make this GSF head: two segments have the same local id",
    );
  }
  return {
    kind: "head",
    version: { major: version, minor: 0 },
    id: toUuid("id", id),
    created,
    segments: made,
    tags: [...tags],
  };
}

function createSegment(init: GsfSegmentInit, index: number): GsfSegment {
  const { localId = index + 1, id = createUuid(), count, flow } = init;
  checkInteger("localId", localId, 0xffff);
  if (count !== undefined)
    checkInteger("count", count, Number.MAX_SAFE_INTEGER);
  return {
    localId,
    id: toUuid("id", id),
    count,
    flow: flow && {
      ...flow,
      sourceId: toUuid("sourceId", flow.sourceId),
      flowId: toUuid("flowId", flow.flowId),
    },
    tags: [...(init.tags ?? [])],
  };
}

function createUuid(): string {
  return globalThis.crypto.randomUUID();
}
