import { ResponseError, type DeletionRequest } from "@sluice/tams";
import { DeletionRequestNotFoundError } from "../../error/deletion-request-not-found-error.ts";
import { FlowNotFoundError } from "../../error/flow-not-found-error.ts";
import { InvalidRequestError } from "../../error/invalid-request-error.ts";
import { ObjectExistsError } from "../../error/object-exists-error.ts";
import { ObjectNotFoundError } from "../../error/object-not-found-error.ts";
import { ProfileNotFoundError } from "../../error/profile-not-found-error.ts";
import { ReadOnlyFlowError } from "../../error/read-only-flow-error.ts";
import { SourceNotFoundError } from "../../error/source-not-found-error.ts";
import { StorageAccessError } from "../../error/storage-access-error.ts";
import { StorageFullError } from "../../error/storage-full-error.ts";
import type { StoreError } from "../../error/store-error.ts";

/** What a call is about: what is not there, if the service does not find it. */
export interface Subject {
  readonly kind:
    "service" | "profile" | "source" | "flow" | "object" | "deletion request";
  /** Its id; of the service its URL. */
  readonly id: string;
}

/** Says that what a call is about is not there. */
export function createNotFound(
  { kind, id }: Subject,
  options?: ErrorOptions,
): StoreError {
  switch (kind) {
    case "flow":
      return new FlowNotFoundError(id);
    case "source":
      return new SourceNotFoundError(id);
    case "profile":
      return new ProfileNotFoundError(id);
    case "object":
      return new ObjectNotFoundError(id, options);
    case "deletion request":
      return new DeletionRequestNotFoundError(id);
    case "service":
      return new StorageAccessError(
        id,
        "there is no TAMS service, or it does not know what was asked of it; check the URL",
        options,
      );
  }
}

/** Says that a service could not remove what it was to remove. */
export function createDeletionFailure(
  url: string,
  { id, error }: DeletionRequest,
): StorageAccessError {
  const why = error?.summary ?? "it does not say why";
  return new StorageAccessError(
    url,
    `the service could not work off the deletion request '${id}': ${why}`,
  );
}

/**
 * Turns what a service refused into the error that every store has for it.
 *
 * Our own server says which one it is; of others the status has to do. What is no refusal
 * stays what it is.
 *
 * @param error What a call failed with.
 * @param subject What the call was about.
 */
export function toStoreError(error: unknown, subject: Subject): unknown {
  if (!(error instanceof ResponseError)) return error;
  return findByType(error, subject) ?? findByStatus(error, subject) ?? error;
}

/** The service's own word for what is wrong, if it is one of ours. */
export function getOwnType(error: unknown): string | undefined {
  if (!(error instanceof ResponseError)) return undefined;
  const { type } = error.body ?? {};
  return type !== undefined && /^(STORE|SERVER|TAMS)_/.test(type)
    ? type
    : undefined;
}

function findByType(
  error: ResponseError,
  { id }: Subject,
): StoreError | undefined {
  const type = getOwnType(error);
  if (type === "STORE_READ_ONLY_FLOW") return new ReadOnlyFlowError(id);
  if (type === "STORE_OBJECT_EXISTS") return new ObjectExistsError(id);
  if (type !== "STORE_FULL") return undefined;
  return new StorageFullError(error.request.url, { cause: error });
}

/** Statuses that services answer with to what breaks a rule; TAMS has but the first. */
const broken: ReadonlySet<number> = new Set([400, 409, 413, 415, 422]);

function findByStatus(
  error: ResponseError,
  subject: Subject,
): StoreError | undefined {
  const options = { cause: error };
  const said = error.body?.summary;
  const { status, request, message } = error;
  if (broken.has(status)) {
    return new InvalidRequestError(said ?? message, options);
  }
  if (status === 401) {
    const problem = `the service asks for other credentials${said === undefined ? "" : `: ${said}`}`;
    return new StorageAccessError(request.url, problem, options);
  }
  if (status === 403) {
    const problem =
      said ?? "the service does not let these credentials do that";
    return new StorageAccessError(request.url, problem, options);
  }
  return status === 404 || status === 410
    ? createNotFound(subject, options)
    : undefined;
}
