import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { InstanceRecord } from "../port/segment-index.ts";
import type { StorageBackends } from "./storage-backends.ts";

/**
 * Adds URLs that the store does not look after to an object's instances; one that is there
 * with the same label stays as it is.
 *
 * Source: TAMS 8.2, `flow-segment-post.json`: labels are unique, and none is a backend's.
 *
 * @throws {InvalidRequestError} If a label is missing, or taken.
 */
export function addUncontrolled(
  instances: readonly InstanceRecord[],
  urls: readonly { readonly url: string; readonly label: string }[],
  backends: StorageBackends,
): readonly InstanceRecord[] {
  const all = [...instances];
  const given = new Set<string>();
  for (const { url, label } of urls) {
    if (url === "" || label === "" || given.has(label)) {
      throw new InvalidRequestError(
        `Cannot take the URL '${url}' with the label '${label}': both must be there, and no label twice`,
      );
    }
    given.add(label);
    if (backends.hasLabel(label)) {
      throw new InvalidRequestError(
        `Cannot give the label '${label}' to a URL: a storage backend has it`,
      );
    }
    const same = all.find((instance) => instance.label === label);
    if (same === undefined) all.push({ storageId: undefined, url, label });
    else if (same.url !== url) {
      throw new InvalidRequestError(
        `Cannot give the label '${label}' to another URL of the object: remove that one first`,
      );
    }
  }
  return all;
}
