import { DeletionRequestCalls } from "./deletion-request-calls.ts";
import { FlowCalls } from "./flow-calls.ts";
import { MediaCalls } from "./media-calls.ts";
import { ObjectCalls } from "./object-calls.ts";
import { SegmentCalls } from "./segment-calls.ts";
import { ServiceCalls } from "./service-calls.ts";
import { SourceCalls } from "./source-calls.ts";
import { StorageCalls } from "./storage-calls.ts";
import { Transport, type TransportOptions } from "./transport.ts";
import { WebhookCalls } from "./webhook-calls.ts";

/**
 * A client of a TAMS service, with a member for each of its resources.
 *
 * It holds no connection and needs no closing. Listings are streams, which ask for a page
 * when the one before has been read. What changes nothing when it is done twice is asked
 * again when the service fails for a moment; what may have been done is told by
 * `ServiceUnreachableError.mayBeDone`. Answers are checked: one that does not follow its
 * schema is a `WireError`. Runs in Node and in browsers.
 *
 * Source: TAMS 8.2.
 *
 * @example Which flows there are
 * ```ts
 * import { TamsClient } from "@sluice/tams";
 * import assert from "node:assert/strict";
 *
 * // A service of one page, in place of a real one.
 * const client = new TamsClient("https://tams.example/", {
 *   fetch: () => Promise.resolve(Response.json([])),
 * });
 * assert.deepEqual(await client.flows.list({ label: "news" }).toArray(), []);
 * ```
 */
export class TamsClient {
  /** The service itself, its storage backends and profiles. */
  readonly service: ServiceCalls;
  /** Sources. */
  readonly sources: SourceCalls;
  /** Flows. */
  readonly flows: FlowCalls;
  /** Segments of flows. */
  readonly segments: SegmentCalls;
  /** Places to write. */
  readonly storage: StorageCalls;
  /** Objects. */
  readonly objects: ObjectCalls;
  /** Subscriptions. */
  readonly webhooks: WebhookCalls;
  /** Removals under way. */
  readonly deletionRequests: DeletionRequestCalls;
  /** The bytes of objects. */
  readonly media: MediaCalls;

  /**
   * Makes no request.
   *
   * @param url The service's URL. A name and a password in it are its credentials, unless
   * there are others.
   * @param options Credentials, and when requests are made again.
   * @throws {TypeError} If the URL is none of HTTP.
   * @throws {RangeError} If a number among the options is not positive.
   */
  constructor(url: string | URL, options: TransportOptions = {}) {
    const transport = new Transport(url, options);
    this.service = new ServiceCalls(transport);
    this.sources = new SourceCalls(transport);
    this.flows = new FlowCalls(transport);
    this.segments = new SegmentCalls(transport);
    this.storage = new StorageCalls(transport);
    this.objects = new ObjectCalls(transport);
    this.webhooks = new WebhookCalls(transport);
    this.deletionRequests = new DeletionRequestCalls(transport);
    this.media = new MediaCalls(transport);
  }
}
