import type { GetUrl, UrlQuery } from "@sluice/tams";
import type { InstanceRecord, ObjectRecord } from "../port/segment-index.ts";
import type { StoreBucket } from "./flow-store-options.ts";
import type { StoreSetup } from "./store-setup.ts";
import { hasTagFilter, matchesTags } from "./tag-match.ts";

/**
 * Gives the URLs of an object that a query asks for; those that the store looks after first.
 *
 * Source: TAMS 8.2, `object-core.json`, and the parameters of `/flows/{id}/segments`.
 *
 * @param object The object.
 * @param query Which are wanted.
 * @param setup The store's.
 */
export function createGetUrls(
  object: ObjectRecord,
  query: UrlQuery,
  setup: Pick<StoreSetup, "backends" | "createUrls">,
): readonly GetUrl[] {
  // Whoever wants none does not pay for any.
  if (query.acceptGetUrls?.length === 0) return [];
  const controlled: GetUrl[] = [];
  const others: GetUrl[] = [];
  for (const instance of object.instances) {
    if (instance.storageId === undefined) {
      others.push(...createUncontrolled(instance, query));
    } else {
      const place = setup.backends.find(instance.storageId);
      if (place === undefined || !acceptsPlace(place, query)) continue;
      controlled.push(...createControlled(object.id, place, query, setup));
    }
  }
  return [...controlled, ...others];
}

function createControlled(
  objectId: string,
  { backend, bucket }: StoreBucket,
  { verboseStorage = false, presigned: wanted }: UrlQuery,
  { createUrls }: Pick<StoreSetup, "createUrls">,
): readonly GetUrl[] {
  const own = bucket.getUrl?.(objectId);
  const urls =
    createUrls?.(objectId, backend) ??
    (own === undefined ? [] : [{ url: own }]);
  const { id, label, default_storage: _, ...facts } = backend;
  return urls
    .filter(({ presigned = false }) => (wanted ?? presigned) === presigned)
    .map(({ url, presigned }) => ({
      url,
      ...(presigned !== undefined && { presigned }),
      ...(label !== undefined && { label }),
      ...(verboseStorage && { storage_id: id, controlled: true, ...facts }),
    }));
}

function createUncontrolled(
  { url, label }: InstanceRecord,
  query: UrlQuery,
): readonly GetUrl[] {
  const isWanted =
    url !== undefined &&
    acceptsLabel(label, query) &&
    query.presigned !== true &&
    (query.acceptStorageIds ?? []).length === 0 &&
    !hasTagFilter(query.storageBackend);
  if (!isWanted) return [];
  return [
    {
      url,
      ...(label !== undefined && { label }),
      ...(query.verboseStorage === true && { controlled: false }),
    },
  ];
}

function acceptsPlace({ backend }: StoreBucket, query: UrlQuery): boolean {
  const { acceptStorageIds = [], storageBackend = {} } = query;
  return (
    acceptsLabel(backend.label, query) &&
    (acceptStorageIds.length === 0 || acceptStorageIds.includes(backend.id)) &&
    matchesTags(backend.tags, storageBackend)
  );
}

function acceptsLabel(
  label: string | undefined,
  { acceptGetUrls }: UrlQuery,
): boolean {
  if (acceptGetUrls === undefined) return true;
  return label !== undefined && acceptGetUrls.includes(label);
}
