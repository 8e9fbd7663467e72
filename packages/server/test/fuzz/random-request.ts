import { ids, videoFlow } from "../support/documents.ts";

/** A request that somebody might send. */
export interface RandomRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** What the paths of an API are, as its description tells. */
export interface ApiPath {
  readonly path: string;
  readonly query: readonly string[];
}

/** Gives numbers from 0 up to, and without, 1: the same ones for the same seed. */
export type Random = () => number;

/** Makes a source of numbers. Source: mulberry32, in the public domain. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"];
const uuids = [...Object.values(ids), ids.flow, ids.flow, ids.source];
const odd = [
  "",
  "..",
  ".",
  "%2e%2e%2f",
  "%zz",
  "%00",
  "a%2Fb",
  "%F0%9F%8E%AC",
  "__proto__",
  "constructor",
  "'; DROP TABLE flows; --",
  "0188d0b2-3c4d-7e5f-8a6b-9c0d1e2f3a4b",
  ids.flow.toUpperCase(),
  "x".repeat(3000),
];
const objects = [
  "object-0",
  "object-1",
  "object-2",
  "b2JqZWN0LTA",
  "b2JqZWN0LTE",
];
const values = [
  "",
  "true",
  "false",
  "True",
  "0",
  "1",
  "-1",
  "1e3",
  "99999999999999999999",
  "a,b",
  ",",
  "null",
  "_",
  "()",
  "[0:0_1:0)",
  "[1:0_0:0)",
  "[-99999999999999:0_99999999999999:0)",
  "[0:0",
  "created",
  "label",
  "urn:x-nmos:format:video",
  "WyJhIl0",
  "WzFd",
  "\u0000",
  "é🎬",
  ids.flow,
  ids.unknown,
];

/** Makes a request at random. */
export function makeRequest(
  random: Random,
  paths: readonly ApiPath[],
): RandomRequest {
  const { path, query } = pick(random, paths);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    fillPlace(random, name),
  );
  const search = makeQuery(random, query);
  const method = pick(random, methods);
  const hasBody = !["GET", "HEAD"].includes(method) && random() < 0.85;
  return {
    method,
    path: `${filled}${search}`,
    headers: makeHeaders(random),
    body: hasBody ? makeBody(random, path) : undefined,
  };
}

function pick<T>(random: Random, items: readonly T[]): T {
  // It is within.
  return items[Math.floor(random() * items.length)] as T;
}

function fillPlace(random: Random, name: string): string {
  if (random() < 0.12) return pick(random, odd);
  const isFree = ["objectId", "key", "name"].includes(name);
  return pick(random, isFree ? objects : uuids);
}

function makeQuery(random: Random, names: readonly string[]): string {
  const parts: string[] = [];
  for (const name of [...names, "unknown"]) {
    if (random() > 0.15) continue;
    const key = name.replace(
      "{name}",
      pick(random, ["a", "", "__proto__", "é"]),
    );
    const value = pick(random, values);
    const text = random() < 0.9 ? encodeURIComponent(value) : "%zz";
    parts.push(`${encodeURIComponent(key)}=${text}`);
  }
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

function makeHeaders(random: Random): Readonly<Record<string, string>> {
  const all: readonly (readonly [string, readonly string[]])[] = [
    ["Content-Type", ["application/json", "text/plain", "x"]],
    ["Range", ["bytes=0-1", "bytes=-0", "bytes=9-", "bytes=a", "bytes=1-0"]],
    ["If-Match", ["*", '"a"', ""]],
    ["If-None-Match", ["*", 'W/"a"']],
    ["Origin", ["http://localhost:1", "https://example.com", "null"]],
    ["X-Request-Id", ["a", "a b", "x".repeat(100)]],
  ];
  const headers: Record<string, string> = {};
  for (const [name, texts] of all) {
    if (random() < 0.1) headers[name] = pick(random, texts);
  }
  return headers;
}

function makeBody(random: Random, path: string): string {
  const kind = random();
  if (kind < 0.1) {
    return pick(random, [
      "",
      "{",
      "null",
      '"\\ud800"',
      "1e999",
      "[".repeat(100_000),
      `{"id":${"[".repeat(60)}${"]".repeat(60)}}`,
      '{"__proto__":{"a":1}}',
      "\ufeff{}",
    ]);
  }
  const document = makeDocument(random, path);
  return JSON.stringify(kind < 0.5 ? document : spoil(random, document));
}

/** What fits a path, more or less. */
function makeDocument(random: Random, path: string): unknown {
  const start = Math.floor(random() * 20);
  const segment = {
    object_id: pick(random, objects),
    timerange: `[${start}:0_${start + 1}:0)`,
  };
  if (path.endsWith("/segments"))
    return random() < 0.5 ? segment : [segment, segment];
  if (path.endsWith("/storage")) return { object_ids: [pick(random, objects)] };
  if (path.endsWith("/instances"))
    return { url: "https://example.com/", label: "x" };
  if (path.endsWith("/flow_collection"))
    return [{ id: pick(random, uuids), role: "r" }];
  if (path.endsWith("_bit_rate")) return Math.floor(random() * 9000);
  if (path.endsWith("/read_only")) return random() < 0.3;
  if (path.endsWith("{profileId}")) {
    const { id: _, source_id: __, ...technical } = videoFlow();
    return { id: pick(random, uuids), flow_metadata: technical };
  }
  if (path.endsWith("{flowId}")) return videoFlow({ id: pick(random, uuids) });
  return path === "/service"
    ? { name: "a" }
    : pick(random, ["text", ["a", "b"]]);
}

/** Changes something in it. */
function spoil(random: Random, document: unknown): unknown {
  const wrong = pick<unknown>(random, [
    null,
    -1,
    1e300,
    "",
    [],
    {},
    true,
    "\u0000",
    "x",
  ]);
  if (typeof document !== "object" || document === null || random() < 0.15)
    return wrong;
  if (Array.isArray(document)) {
    return document.map((each: unknown) =>
      random() < 0.5 ? spoil(random, each) : each,
    );
  }
  const entries = Object.entries(document).filter(() => random() > 0.1);
  return Object.fromEntries(
    entries.map(([name, value]: [string, unknown]) => [
      random() < 0.05 ? `${name}x` : name,
      random() < 0.3 ? spoil(random, value) : value,
    ]),
  );
}
