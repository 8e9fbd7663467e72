import { deepEqual } from "node:assert/strict";
import type { ObjectBucket } from "../../port/object-bucket.ts";

/** A law, before it is known for which bucket. */
export interface BucketPlan {
  readonly title: string;
  /** Is given an empty bucket. */
  readonly check: (bucket: ObjectBucket) => Promise<void>;
}

/** Makes a law. */
export function bucketPlan(
  title: string,
  check: (bucket: ObjectBucket) => Promise<void>,
): BucketPlan {
  return { title, check };
}

/** Bytes that differ wherever they are looked at. */
export function makeBytes(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = 1;
  for (let at = 0; at < sizeBytes; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

export async function readStream(
  bucket: ObjectBucket,
  key: string,
  range?: { readonly start?: number; readonly end?: number },
): Promise<Uint8Array> {
  const pieces = await bucket.stream(key, range).toArray();
  return new Uint8Array(Buffer.concat(pieces));
}

export async function claimEmpty(bucket: ObjectBucket): Promise<void> {
  deepEqual(await bucket.list().toArray(), []);
}

export function isExists(error: unknown): boolean {
  return hasCode(error, "STORE_OBJECT_EXISTS");
}

export function isNotFound(error: unknown): boolean {
  return hasCode(error, "STORE_OBJECT_NOT_FOUND");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

export function drop(): void {
  // That the source goes on waiting is what is wanted.
}
