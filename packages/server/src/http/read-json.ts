import { parseDocument } from "@sluice/tams";
import { guard } from "sluice";
import type { z } from "zod";
import { BadRequestError } from "../error/bad-request-error.ts";
import { BodyTooLargeError } from "../error/body-too-large-error.ts";
import type { Exchange } from "./exchange.ts";

type Reading = Pick<Exchange, "request" | "maxBodyBytes" | "signal">;

/** How deep lists and objects may be within each other: no document of TAMS comes near it. */
const deepest = 64;

/**
 * Reads a document from a request's body. Whether a `Content-Type` is there, and which, does
 * not matter.
 *
 * @param exchange The request.
 * @param schema What it has to be.
 * @param name What errors call it.
 * @throws {BadRequestError} If it is no JSON.
 * @throws {WireError} If it does not follow the schema.
 * @throws {BodyTooLargeError} If it is longer than the server takes.
 */
export async function readDocument<T>(
  exchange: Reading,
  schema: z.ZodType<T>,
  name: string,
): Promise<T> {
  const text = await readText(exchange);
  return parseDocument(schema, parseJson(text), name);
}

/** As `readDocument`; an empty body stands for a document of its own. */
export async function readOptionalDocument<T>(
  exchange: Reading,
  schema: z.ZodType<T>,
  {
    name,
    absent,
  }: {
    readonly name: string;
    /** What an empty body stands for. */
    readonly absent: T;
  },
): Promise<T> {
  const text = await readText(exchange);
  if (text === "") return absent;
  return parseDocument(schema, parseJson(text), name);
}

async function readText({
  request,
  maxBodyBytes,
  signal,
}: Reading): Promise<string> {
  const told = Number(request.headers.get("Content-Length") ?? 0);
  if (told > maxBodyBytes) throw createTooLarge(maxBodyBytes);
  if (request.body === null) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const reader = request.body.getReader();
  let text = "";
  let size = 0;
  try {
    for (;;) {
      const { value, done } = await guard(reader.read(), signal);
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > maxBodyBytes) throw createTooLarge(maxBodyBytes);
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new BadRequestError("Cannot read the body: it is no text in UTF-8", {
      cause: error,
    });
  } finally {
    reader.releaseLock();
  }
}

function createTooLarge(most: number): BodyTooLargeError {
  return new BodyTooLargeError(
    `Cannot take the body: it is longer than ${most} bytes; send it in parts`,
  );
}

function parseJson(text: string): unknown {
  if (isTooDeep(text)) {
    throw new BadRequestError(
      `Cannot read the body: its lists and objects are more than ${deepest} deep in each other`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadRequestError(
      text === ""
        ? "Cannot read the body: it is empty; send JSON"
        : `Cannot read the body: it is no JSON (${cause instanceof Error ? cause.message : String(cause)})`,
      { cause },
    );
  }
}

/** Whether writing it down again could overflow the stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '"') at = findQuote(text, at + 1);
    else if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** Finds the end of a string; the text's, if it has none. */
function findQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
