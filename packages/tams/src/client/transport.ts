import { sleep } from "sluice";
import { ResponseError, type FailedRequest } from "./response-error.ts";
import { ServiceUnreachableError } from "./service-unreachable-error.ts";
import { errorBodySchema, type ErrorBody } from "../wire/error-body.ts";
import {
  createAuthorizer,
  type Authorizer,
  type Credentials,
} from "./credentials.ts";
import { RetryPolicy, type RetryOptions } from "./retry-policy.ts";

/** How a service is reached. */
export interface TransportOptions {
  /** How it is proved who asks; not at all by default. */
  readonly credentials?: Credentials;
  /** When requests are made again. */
  readonly retry?: RetryOptions;
  /** What makes requests; the platform's `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A request to be made. */
export interface Call {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** The parts of the path behind the service's URL, not encoded; or a whole URL. */
  readonly path: readonly string[] | URL;
  readonly search?: URLSearchParams;
  /** What is sent as JSON. */
  readonly json?: unknown;
  /** What is sent as it is. */
  readonly body?: Uint8Array | undefined;
  /** What is sent piece by piece, and so only once. */
  readonly stream?: ReadableStream<Uint8Array> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** Statuses that are answers, though they are no success. */
  readonly accepts?: readonly number[];
}

/** Makes requests of one service: with credentials, again where that is safe. */
export class Transport {
  /** The service's URL; ends with `/`. */
  readonly url: URL;
  readonly #authorizer: Authorizer;
  readonly #retry: RetryPolicy;
  readonly #fetch: typeof globalThis.fetch;

  /**
   * Makes no request. A name and a password in the URL are credentials, unless there are
   * others.
   *
   * @throws {TypeError} If the URL is none of HTTP.
   */
  constructor(url: string | URL, options: TransportOptions = {}) {
    this.url = parseServiceUrl(url);
    const credentials = options.credentials ?? findCredentials(this.url);
    // Nobody makes requests of a URL that has them in it.
    this.url.username = this.url.password = "";
    this.#fetch = options.fetch ?? ((...words) => globalThis.fetch(...words));
    this.#authorizer = createAuthorizer(credentials, this.#fetch);
    this.#retry = new RetryPolicy(options.retry);
  }

  /**
   * Makes a request. Credentials go to the service's own origin only.
   *
   * @returns The answer, whose body is not read yet.
   * @throws {ResponseError} If it is no success, and none that the call accepts.
   * @throws {ServiceUnreachableError} If there is none.
   * @throws {AuthenticationError} If no token could be got.
   * @throws The signal's reason, once it is aborted.
   */
  async request(call: Call): Promise<Response> {
    const url = this.#locate(call);
    let attempt = 1;
    for (let mayRenew = true; ;) {
      const headers = new Headers(call.headers);
      const outcome = await this.#attempt(call, url, headers);
      if (isAnswer(call, outcome)) return outcome;
      if (call.stream !== undefined) {
        throw await toError(describe(call, url), outcome, attempt);
      }
      if (mayRenew && isUnauthorized(outcome) && this.#renew(headers)) {
        mayRenew = false;
        await discard(outcome);
        continue;
      }
      const pause = this.#retry.findPause(call.method, attempt, outcome);
      if (pause === undefined) {
        throw await toError(describe(call, url), outcome, attempt);
      }
      await discard(outcome);
      await sleep(pause, call.signal);
      attempt += 1;
    }
  }

  /**
   * Makes a request, and reads what is answered as JSON.
   *
   * @throws {ServiceUnreachableError} If the answer is cut off, or is no JSON.
   */
  async requestJson(
    call: Call,
  ): Promise<{ json: unknown; headers: Headers; status: number }> {
    const response = await this.request(call);
    const { headers, status } = response;
    return { json: await this.readJson(call, response), headers, status };
  }

  /** Makes a request whose answer has nothing to tell. @throws As `request`. */
  async requestNothing(call: Call): Promise<void> {
    await discard(await this.request(call));
  }

  /**
   * Reads what was answered to a request as JSON.
   *
   * @throws {ServiceUnreachableError} If the answer is cut off, or is no JSON.
   */
  async readJson(call: Call, response: Response): Promise<unknown> {
    try {
      return await response.json();
    } catch (cause) {
      call.signal?.throwIfAborted();
      const request = describe(call, this.#locate(call));
      throw new ServiceUnreachableError(request, 1, { cause });
    }
  }

  #renew(headers: Headers): boolean {
    return this.#authorizer.renew(headers.get("Authorization"));
  }

  #locate({ path, search }: Call): URL {
    if (path instanceof URL) return path;
    checkParts(path);
    const url = new URL(path.map(encodeURIComponent).join("/"), this.url);
    for (const [name, value] of search ?? [])
      url.searchParams.append(name, value);
    return url;
  }

  /** Gives the answer, or why there is none. */
  async #attempt(call: Call, place: URL, headers: Headers): Promise<unknown> {
    const url = new URL(place);
    if (url.origin === this.url.origin) {
      await this.#authorizer.authorize(url, headers, call.signal);
    }
    if (call.json !== undefined)
      headers.set("Content-Type", "application/json");
    try {
      return await this.#fetch(url, {
        method: call.method,
        headers,
        body: toBody(call),
        signal: call.signal ?? null,
        ...(call.stream !== undefined && { duplex: "half" }),
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      return error;
    }
  }
}

function toBody(call: Call): BodyInit | null {
  if (call.json !== undefined) return JSON.stringify(call.json);
  if (call.stream !== undefined) return call.stream;
  // A view of memory that is not shared, as all of ours.
  return (call.body as Uint8Array<ArrayBuffer> | undefined) ?? null;
}

/** @throws {TypeError} If it is no URL of HTTP. */
function parseServiceUrl(text: string | URL): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(
      `Cannot take '${text}' as the URL of a service: write it as in 'https://tams.example/api'`,
    );
  }
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** What a URL says of who asks. */
function findCredentials({ username, password }: URL): Credentials | undefined {
  if (username === "" && password === "") return undefined;
  return {
    kind: "basic",
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
}

/** @throws {TypeError} If a part would change what the path means. */
function checkParts(parts: readonly string[]): void {
  const wrong = parts.find((part) => /^\.{0,2}$/.test(part));
  if (wrong === undefined) return;
  throw new TypeError(
    `Cannot ask for '${parts.join("/")}': no URL can hold the part '${wrong}'`,
  );
}

/** Says what was asked, without what gives access. */
function describe({ method }: Call, url: URL): FailedRequest {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  // Whoever has the query of a presigned URL can use it.
  shown.search = "";
  return { method, url: shown.href };
}

function isAnswer(call: Call, outcome: unknown): outcome is Response {
  if (!(outcome instanceof Response)) return false;
  return outcome.ok || call.accepts?.includes(outcome.status) === true;
}

function isUnauthorized(outcome: unknown): boolean {
  return outcome instanceof Response && outcome.status === 401;
}

/** Lets the connection be used again. */
export async function discard(outcome: unknown): Promise<void> {
  // A body that was cut off cannot be cancelled, and need not be.
  if (outcome instanceof Response) {
    await outcome.body?.cancel().catch(() => undefined);
  }
}

async function toError(
  request: FailedRequest,
  outcome: unknown,
  attempts: number,
): Promise<ResponseError | ServiceUnreachableError> {
  if (!(outcome instanceof Response)) {
    return new ServiceUnreachableError(request, attempts, { cause: outcome });
  }
  const said = await readError(outcome);
  return new ResponseError(request, outcome.status, said, attempts);
}

async function readError(response: Response): Promise<ErrorBody | undefined> {
  try {
    return errorBodySchema.parse(await response.json());
  } catch {
    // Proxies answer in other forms: the status has to do.
    return undefined;
  }
}
