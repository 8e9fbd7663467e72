import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { AllocatedObject, FlowStoreOptions } from "@sluice/store";
import { ForbiddenError } from "../error/forbidden-error.ts";
import { decodeKey, encodeKey } from "./object-key.ts";
import { mediaScheme } from "./resolve-urls.ts";

/** How URLs of bytes are made. */
export interface MediaUrlsOptions {
  /** What they are signed with, at least 32 bytes; made anew for each process by default. */
  readonly key?: Uint8Array | undefined;
  /** For how long one is valid at least, in milliseconds: 30 s or more, 1800 s by default. */
  readonly validityMs?: number | undefined;
  /** Tells the time, in milliseconds since 1970; the system's by default. */
  readonly clock?: (() => number) | undefined;
}

/** What a signed URL lets one do. */
export interface MediaGrant {
  /** `GET` lets one `HEAD` as well. */
  readonly method: "GET" | "PUT";
  /** Until when, in milliseconds since 1970. */
  readonly expires: number;
  /** Where the bytes go; of `PUT` only. */
  readonly place:
    Pick<AllocatedObject, "storageId" | "contentType"> | undefined;
}

// So that pages that are asked for again have the same URLs, and are found in caches.
const stepMs = 60_000;
const signatureLength = 43;

/**
 * Makes and checks the URLs that a server hands out for the bytes of its store: plain ones,
 * which take the API's credentials, and presigned ones, which need none.
 *
 * A signature is HMAC-SHA256 over the method, the object's id and the instant until which it
 * holds. With a key of one's own, URLs outlive a restart, and several servers know each
 * other's.
 *
 * Source: TAMS 8.2, `presigned`; our decision 0086.
 *
 * @example A store whose segments tell where their bytes are
 * ```ts
 * import { createApp, MediaUrls } from "@sluice/server";
 * import { openMemoryStore } from "@sluice/store";
 * import { asyncWith } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const mediaUrls = new MediaUrls();
 * const { createUrls } = mediaUrls;
 * await asyncWith(openMemoryStore({ createUrls }), async (store) => {
 *   const app = createApp(store, { mediaUrls });
 *   const response = await app(new Request("http://localhost/flows"));
 *
 *   assert.equal(response.headers.get("X-Paging-Count"), "0");
 * });
 * ```
 */
export class MediaUrls {
  /** For how long a presigned URL is valid at least, in milliseconds. */
  readonly validityMs: number;
  readonly #key: Uint8Array;
  readonly #clock: () => number;

  /**
   * @param options Their key, and how long they are valid.
   * @throws {RangeError} If the key has less than 32 bytes, or they are valid for less than
   * 30 s, as TAMS asks for.
   */
  constructor(options: MediaUrlsOptions = {}) {
    const { key, validityMs = 1_800_000, clock = Date.now } = options;
    this.#key = key ?? randomBytes(32);
    if (this.#key.byteLength < 32) {
      throw new RangeError(
        `Cannot sign with a key of ${this.#key.byteLength} bytes: it needs 32 or more`,
      );
    }
    if (!(validityMs >= 30_000)) {
      throw new RangeError(
        `Cannot make URLs that are valid for ${validityMs} ms: TAMS asks for 30000 or more`,
      );
    }
    this.validityMs = validityMs;
    this.#clock = clock;
  }

  /** Makes the URLs that an object is read by: what a store takes as its `createUrls`. */
  readonly createUrls: NonNullable<FlowStoreOptions["createUrls"]> = (
    objectId,
  ) => {
    const path = `${mediaScheme}${encodeKey(objectId)}`;
    const token = this.#sign(objectId, ["GET", this.#expiry()]);
    return [{ url: `${path}?token=${token}`, presigned: true }, { url: path }];
  };

  /** Makes the URL that an object is written by. */
  createPutUrl(
    { objectId, storageId, contentType }: AllocatedObject,
    { presigned }: { readonly presigned: boolean },
  ): string {
    const path = `${mediaScheme}${encodeKey(objectId)}`;
    if (!presigned) {
      const query = new URLSearchParams({
        storage_id: storageId,
        content_type: contentType,
      });
      return `${path}?${query}`;
    }
    const facts = ["PUT", this.#expiry(), storageId, contentType];
    return `${path}?token=${this.#sign(objectId, facts)}`;
  }

  /**
   * Checks a token of a presigned URL.
   *
   * @throws {ForbiddenError} If it is not one of ours, of this object and for this method, or
   * is no longer valid.
   */
  check(
    token: string,
    {
      objectId,
      method,
    }: { readonly objectId: string; readonly method: string },
  ): MediaGrant {
    const grant = this.#read(token, objectId);
    if (grant === undefined) {
      throw new ForbiddenError(
        "Cannot use this URL: it has been changed, or another server made it; ask for the segment or the storage again",
      );
    }
    if (grant.expires < this.#clock()) {
      throw new ForbiddenError(
        "Cannot use this URL any more: its time is up; ask for the segment or the storage again",
      );
    }
    if (grant.method === (method === "HEAD" ? "GET" : method)) return grant;
    throw new ForbiddenError(
      `Cannot use this URL for ${method}: it was made for ${grant.method}`,
    );
  }

  #expiry(): number {
    return Math.ceil((this.#clock() + this.validityMs) / stepMs) * stepMs;
  }

  #sign(objectId: string, facts: readonly (string | number)[]): string {
    const text = encodeKey(JSON.stringify(facts));
    return `${this.#compute(objectId, text)}${text}`;
  }

  #compute(objectId: string, text: string): string {
    return createHmac("sha256", this.#key)
      .update(`${text}\n${objectId}`)
      .digest("base64url");
  }

  #read(token: string, objectId: string): MediaGrant | undefined {
    const signature = Buffer.from(token.slice(0, signatureLength));
    const text = token.slice(signatureLength);
    const ours = Buffer.from(this.#compute(objectId, text));
    if (signature.byteLength !== ours.byteLength) return undefined;
    if (!timingSafeEqual(signature, ours)) return undefined;
    return toGrant(JSON.parse(decodeKey(text) ?? "null"));
  }
}

/** Reads what we have signed. */
function toGrant(facts: unknown): MediaGrant | undefined {
  if (!Array.isArray(facts)) return undefined;
  const parts: readonly unknown[] = facts;
  const [method, expires, storageId, contentType] = parts;
  if (typeof expires !== "number") return undefined;
  if (method === "GET") return { method, expires, place: undefined };
  if (method !== "PUT" || typeof storageId !== "string") return undefined;
  if (typeof contentType !== "string") return undefined;
  return { method, expires, place: { storageId, contentType } };
}
