import { InvalidRequestError, type FlowStore } from "@sluice/store";
import type { GetUrl, StorageBackend } from "@sluice/tams";
import { ForbiddenError } from "../error/forbidden-error.ts";
import type { Right } from "./access-rules.ts";
import { readClasses, type CallerRights } from "./caller-rights.ts";

/** Tells whether a caller has a right on a storage backend; one in no class is for all. */
export function mayUseBackend(
  caller: CallerRights,
  right: Right,
  backend: StorageBackend,
): boolean {
  return readClasses(backend).length === 0 || caller.has(right, backend);
}

/**
 * Checks that a caller may write to a storage backend.
 *
 * @param storageId Its id; the default, if it is absent.
 * @throws {InvalidRequestError} If they may not know of it.
 * @throws {ForbiddenError} If they may not write to it.
 */
export async function checkStorage(
  store: FlowStore,
  caller: CallerRights,
  storageId: string | undefined,
): Promise<void> {
  const all = await listBackends(store);
  const backend = all.find(({ id, default_storage: isDefault }) =>
    storageId === undefined ? isDefault : id === storageId,
  );
  // The store itself tells what is not there.
  if (backend === undefined || mayUseBackend(caller, "write", backend)) return;
  if (!mayUseBackend(caller, "read", backend)) {
    throw new InvalidRequestError(
      `There is no storage backend '${backend.id}': list those that there are`,
    );
  }
  throw new ForbiddenError(
    `You may not write to storage backend '${backend.id}': none of your groups has that right in its auth_classes`,
  );
}

/** Lists the ids of the storage backends that a caller may not read. */
export async function listHiddenStorage(
  store: FlowStore,
  caller: CallerRights,
): Promise<ReadonlySet<string>> {
  const all = await listBackends(store);
  return new Set(
    all
      .filter((backend) => !mayUseBackend(caller, "read", backend))
      .map(({ id }) => id),
  );
}

/**
 * Leaves out URLs into storage that is hidden.
 *
 * @param urls With all that is known of their storage.
 * @param hidden Which storage is.
 * @param isVerbose Whether that is to be told.
 */
export function hideUrls(
  urls: readonly GetUrl[] | undefined,
  hidden: ReadonlySet<string>,
  isVerbose: boolean,
): readonly GetUrl[] {
  const shown = (urls ?? []).filter(
    ({ storage_id: id }) => id === undefined || !hidden.has(id),
  );
  if (isVerbose) return shown;
  return shown.map(({ url, presigned, label }) => ({
    url,
    ...(presigned !== undefined && { presigned }),
    ...(label !== undefined && { label }),
  }));
}

/** What has URLs, and may need an initialisation object, which has some too. */
interface WithUrls {
  readonly get_urls?: readonly GetUrl[] | undefined;
  readonly init_object?:
    { readonly get_urls?: readonly GetUrl[] | undefined } | undefined;
}

/** Leaves out URLs into storage that is hidden, those of the initialisation object too. */
export function hideStorage<T extends WithUrls>(
  thing: T,
  hidden: ReadonlySet<string>,
  isVerbose: boolean,
): T {
  const { get_urls: urls, init_object: init } = thing;
  return {
    ...thing,
    get_urls: hideUrls(urls, hidden, isVerbose),
    ...(init !== undefined && {
      init_object: {
        ...init,
        get_urls: hideUrls(init.get_urls, hidden, isVerbose),
      },
    }),
  };
}

async function listBackends(
  store: FlowStore,
): Promise<readonly StorageBackend[]> {
  const all: StorageBackend[] = [];
  let page: string | undefined;
  do {
    const part = await store.listStorageBackends(
      {},
      page === undefined ? {} : { page },
    );
    all.push(...part.items);
    page = part.next;
  } while (page !== undefined);
  return all;
}
