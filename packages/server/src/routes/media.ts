import type { AllocatedObject, ObjectFacts } from "@sluice/store";
import { BadRequestError } from "../error/bad-request-error.ts";
import { BodyTooLargeError } from "../error/body-too-large-error.ts";
import { NotFoundError } from "../error/not-found-error.ts";
import { parseByteRange, type ByteSpan } from "../http/byte-range.ts";
import { namesTag } from "../http/entity-tag.ts";
import { getParameter, type Exchange } from "../http/exchange.ts";
import { replyEmpty } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";
import { decodeKey } from "../media/object-key.ts";

/** `/media/{key}`: the bytes of objects, for stores whose buckets have no URLs of their own. */
export const mediaRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/media/{key}",
    summary: "Read an object's bytes",
    query: ["token"],
    replies: {
      200: "The bytes",
      206: "Some of the bytes",
      304: "They are as they were",
      412: "They are others",
      416: "There are no such bytes",
    },
    isUntimed: true,
    handle: readMedia,
  },
  {
    method: "PUT",
    path: "/media/{key}",
    summary: "Write an object's bytes, once",
    query: ["token", "storage_id", "content_type"],
    replies: { 200: "They are kept" },
    isUntimed: true,
    handle: writeMedia,
  },
]);

async function readMedia(exchange: Exchange): Promise<Response> {
  const { request, store } = exchange;
  const objectId = readObjectId(exchange);
  checkToken(exchange, objectId);
  if (store.describeObject === undefined) {
    throw new NotFoundError(
      `There are no bytes of object '${objectId}' here: read it by the URLs of its segments`,
    );
  }
  const facts = await store.describeObject(objectId);
  const { status, span, headers } = plan(request.headers, facts);
  if (span === undefined || request.method === "HEAD") {
    return new Response(null, { status, headers });
  }
  const body = store.streamObject(objectId, span).toWeb();
  return new Response(body, { status, headers });
}

interface MediaPlan {
  readonly status: number;
  readonly span?: ByteSpan;
  readonly headers: Readonly<Record<string, string>>;
}

/** Decides what is answered. Source: RFC 9110, 13.2.2. */
function plan(asked: Headers, facts: ObjectFacts): MediaPlan {
  const { sizeBytes: size } = facts;
  const tag = `"${facts.sha256 ?? `size-${size}`}"`;
  const common = {
    ETag: tag,
    "Accept-Ranges": "bytes",
    // Objects never change; whether they may be read does.
    "Cache-Control": "private, max-age=600, immutable",
  };
  const refusal = checkConditions(asked, tag);
  if (refusal !== undefined) {
    return { status: refusal, headers: { ...common, ...emptyFor(refusal) } };
  }
  const ifRange = asked.get("If-Range");
  const isSame = ifRange === null || ifRange === tag;
  const span = parseByteRange(isSame ? asked.get("Range") : null, size);
  if (span === "unsatisfiable") {
    const headers = { ...common, "Content-Range": `bytes */${size}` };
    return { status: 416, headers: { ...headers, "Content-Length": "0" } };
  }
  const { start, end } = span ?? { start: 0, end: size };
  return {
    status: span === undefined ? 200 : 206,
    span: { start, end },
    headers: {
      ...common,
      "Content-Type": facts.contentType,
      "Content-Length": String(end - start),
      ...(span !== undefined && {
        "Content-Range": `bytes ${start}-${end - 1}/${size}`,
      }),
    },
  };
}

function checkConditions(asked: Headers, tag: string): 304 | 412 | undefined {
  const match = asked.get("If-Match");
  if (match !== null && !namesTag(match, tag)) return 412;
  const noneMatch = asked.get("If-None-Match");
  return noneMatch !== null && namesTag(noneMatch, tag) ? 304 : undefined;
}

function emptyFor(status: 304 | 412): Readonly<Record<string, string>> {
  return status === 412 ? { "Content-Length": "0" } : {};
}

async function writeMedia(exchange: Exchange): Promise<Response> {
  const { request, store, maxObjectBytes } = exchange;
  const objectId = readObjectId(exchange);
  const place = choosePlace(exchange, objectId);
  const told = Number(request.headers.get("Content-Length") ?? 0);
  if (told > maxObjectBytes) throw createTooLarge(objectId, maxObjectBytes);
  const bytes = request.body ?? new Blob([]).stream();
  const limited = limit(bytes, () => createTooLarge(objectId, maxObjectBytes), {
    most: maxObjectBytes,
  });
  // A body that is cut off fails by itself: nothing else ends the writing.
  await store.writeObject({ objectId, ...place }, limited);
  return replyEmpty(200);
}

function choosePlace(
  exchange: Exchange,
  objectId: string,
): Omit<AllocatedObject, "objectId"> {
  const grant = checkToken(exchange, objectId);
  if (grant?.place !== undefined) return grant.place;
  const { searchParams } = exchange.url;
  const storageId = searchParams.get("storage_id");
  const contentType = searchParams.get("content_type");
  if (storageId !== null && contentType !== null) {
    return { storageId, contentType };
  }
  throw new BadRequestError(
    `Cannot write object '${objectId}': its URL is not one that was handed out; ask the flow's storage for one`,
  );
}

function checkToken(
  { url, mediaUrls, request }: Exchange,
  objectId: string,
): ReturnType<Exchange["mediaUrls"]["check"]> | undefined {
  const token = url.searchParams.get("token");
  if (token === null) return undefined;
  return mediaUrls.check(token, { objectId, method: request.method });
}

function readObjectId(exchange: Exchange): string {
  const key = getParameter(exchange, "key");
  const objectId = decodeKey(key);
  if (objectId !== undefined) return objectId;
  throw new NotFoundError(`There are no bytes at '${key}'`);
}

async function* limit(
  bytes: ReadableStream<Uint8Array>,
  createError: () => Error,
  { most }: { readonly most: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > most) throw createError();
    yield chunk;
  }
}

function createTooLarge(objectId: string, most: number): BodyTooLargeError {
  return new BodyTooLargeError(
    `Cannot write object '${objectId}': it has more than ${most} bytes`,
  );
}
