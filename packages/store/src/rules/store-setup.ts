import type { Service } from "@sluice/tams";
import { Timestamp } from "@sluice/time";
import type { FlowStoreOptions, StoreLimits } from "./flow-store-options.ts";
import { StorageBackends } from "./storage-backends.ts";

/** What the rules work with: the options, with nothing left open. */
export interface StoreSetup {
  readonly backends: StorageBackends;
  readonly limits: Required<StoreLimits>;
  readonly service: Service;
  /** How long an object that room was made for waits to be registered, in milliseconds. */
  readonly objectTimeoutMs: number;
  readonly clock: () => number;
  /** Whether it takes subscriptions. */
  readonly hasWebhooks: boolean;
  readonly checkWebhookUrl: (url: URL) => void;
  readonly createUrls: FlowStoreOptions["createUrls"];
  readonly fetchUrl: FlowStoreOptions["fetchUrl"];
}

const defaultLimits: Required<StoreLimits> = {
  pageSize: 100,
  maxPageSize: 1000,
  allocationSize: 1,
  maxAllocationSize: 1000,
  deletionStep: 1000,
  deletionKeptMs: 24 * 3_600_000,
  objectGraceMs: 60_000,
  sweepIntervalMs: 3_600_000,
  maxWaitingEvents: 100_000,
};

// Source: TAMS 8.2, `service.json`: at least 300:0.
const shortestObjectTimeout = Timestamp.fromParts({ seconds: 300 });

const defaultService: Service = {
  type: "urn:x-tams:service",
  api_version: "8.2",
  min_object_timeout: "3600:0",
};

// Source: TAMS 8.2, `event_stream_mechanisms`.
const webhookService = { event_stream_mechanisms: [{ name: "webhooks" }] };

/**
 * Completes and checks the options of a store.
 *
 * @throws {TypeError} If there is no bucket, or two have one id or are both the default.
 * @throws {RangeError} If a limit is no whole number of at least 1, or objects would wait
 * for less than 300 s.
 */
export function toStoreSetup(options: FlowStoreOptions): StoreSetup {
  const limits = { ...defaultLimits, ...options.limits };
  for (const [name, value] of Object.entries(limits)) checkLimit(name, value);
  const { webhooks } = options;
  const service = {
    ...defaultService,
    ...(webhooks !== undefined && webhookService),
    ...options.service,
  };
  const timeout = Timestamp.parse(service.min_object_timeout);
  if (Timestamp.compare(timeout, shortestObjectTimeout) < 0) {
    throw new RangeError(
      `Cannot let objects wait for ${service.min_object_timeout}: TAMS asks for 300:0 at least`,
    );
  }
  const { clock = Date.now, createUrls, fetchUrl } = options;
  return {
    backends: new StorageBackends(options.buckets),
    limits,
    service,
    objectTimeoutMs:
      Number(timeout.nanoseconds / 1_000_000n) + limits.objectGraceMs,
    clock,
    hasWebhooks: webhooks !== undefined,
    checkWebhookUrl: webhooks?.checkUrl ?? acceptUrl,
    createUrls,
    fetchUrl,
  };
}

function acceptUrl(): void {
  // Who delivers decides where to.
}

function checkLimit(name: string, value: number): void {
  const isTime = name.endsWith("Ms");
  const fits = isTime ? value >= 0 : Number.isSafeInteger(value) && value >= 1;
  if (fits) return;
  throw new RangeError(
    `Cannot take ${value} as ${name}: it must be ${isTime ? "0 or more milliseconds" : "a whole number of at least 1"}`,
  );
}
