import type { SeekableBytes } from "../bytes/seekable-bytes.ts";

/** What a Matroska file tells that mediabunny does not. */
export interface MatroskaFacts {
  /** By how many nanoseconds the times of a track are late, by the track's number. */
  readonly delays: ReadonlyMap<number, bigint>;
  /** How many bytes the file should have at least; nothing if it does not tell. */
  readonly sizeBytes: number | undefined;
}

/** An element: its id, and where what is in it begins and ends. */
interface Element {
  readonly id: number;
  readonly start: number;
  /** Nothing if its size is not known, as of a live stream. */
  readonly end: number | undefined;
}

const [SEGMENT, TRACKS, CLUSTER] = [0x18538067, 0x1654ae6b, 0x1f43b675];
const [TRACK_ENTRY, TRACK_NUMBER, CODEC_DELAY] = [0xae, 0xd7, 0x56aa];
/** An id has up to 4 bytes, and a size up to 8. */
const headBytes = 12;
/** More than any file needs to describe its tracks. */
const mostTracksBytes = 2 ** 24;

/**
 * Reads by how much a file says that its tracks are late.
 *
 * Source: RFC 9559, section 5.1.4.1.25 (CodecDelay), which is to be subtracted from the
 * times of blocks; RFC 8794 (EBML).
 */
export async function readMatroskaFacts(
  bytes: SeekableBytes,
): Promise<MatroskaFacts> {
  let sizeBytes: number | undefined;
  for await (const { id, start, end } of listHeads(bytes)) {
    if (id === SEGMENT) sizeBytes = end;
    if (id === TRACKS && end !== undefined) {
      return { delays: await readDelays(bytes, start, end), sizeBytes };
    }
  }
  return { delays: new Map(), sizeBytes };
}

/** Gives the elements before the first cluster, those of a segment among them. */
async function* listHeads(
  bytes: SeekableBytes,
): AsyncGenerator<Element, void, undefined> {
  let at = 0;
  while (at < bytes.sizeBytes) {
    const element = await readElement(bytes, at);
    if (element === undefined || element.id === CLUSTER) return;
    yield element;
    const next = element.id === SEGMENT ? element.start : element.end;
    if (next === undefined) return;
    at = next;
  }
}

async function readElement(
  bytes: SeekableBytes,
  at: number,
): Promise<Element | undefined> {
  const end = Math.min(at + headBytes, bytes.sizeBytes);
  const element = parseElement(await bytes.read(at, end), 0);
  if (element === undefined) return undefined;
  const { id, start } = element;
  return { id, start: at + start, end: element.end && at + element.end };
}

/** Reads the head of an element; nothing if there is none. */
function parseElement(data: Uint8Array, at: number): Element | undefined {
  const id = readNumber(data, at, true);
  const size = id && readNumber(data, at + id.length, false);
  if (id === undefined || size === undefined) return undefined;
  const start = at + id.length + size.length;
  const isKnown = size.value !== 2 ** (7 * size.length) - 1;
  return { id: id.value, start, end: isKnown ? start + size.value : undefined };
}

/** Reads a number whose first byte tells its length. Source: RFC 8794, section 4. */
function readNumber(
  data: Uint8Array,
  at: number,
  keepsMark: boolean,
): { readonly value: number; readonly length: number } | undefined {
  const first = data[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  const rest = data.subarray(at + 1, at + length);
  if (rest.length < length - 1) return undefined;
  const head = keepsMark ? first : first & (0xff >> length);
  return { value: rest.reduce((sum, byte) => 256 * sum + byte, head), length };
}

async function readDelays(
  bytes: SeekableBytes,
  start: number,
  end: number,
): Promise<Map<number, bigint>> {
  const last = Math.min(end, start + mostTracksBytes, bytes.sizeBytes);
  const data = await bytes.read(start, last);
  const delays = new Map<number, bigint>();
  for (const entry of listElements(data)) {
    if (entry.id !== TRACK_ENTRY) continue;
    const parts = listElements(data.subarray(entry.start, entry.end));
    const values = new Map(parts.map(({ id, value }) => [id, value]));
    const delay = toUnsigned(values.get(CODEC_DELAY));
    if (delay > 0n)
      delays.set(Number(toUnsigned(values.get(TRACK_NUMBER))), delay);
  }
  return delays;
}

function listElements(
  data: Uint8Array,
): (Element & { readonly value: Uint8Array })[] {
  const elements = [];
  let element = parseElement(data, 0);
  while (element?.end !== undefined && element.end <= data.length) {
    const { start, end } = element;
    elements.push({ ...element, value: data.subarray(start, end) });
    element = parseElement(data, end);
  }
  return elements;
}

function toUnsigned(value: Uint8Array | undefined): bigint {
  return (value ?? new Uint8Array(0)).reduce(
    (sum, byte) => 256n * sum + BigInt(byte),
    0n,
  );
}
