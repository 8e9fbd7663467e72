/** What an elementary stream carries, by name. */
export type TransportStreamCodec =
  | "mpeg1-video"
  | "mpeg2-video"
  | "mpeg4-video"
  | "h264"
  | "hevc"
  | "mpeg-audio"
  | "aac-adts"
  | "aac-latm"
  | "ac3"
  | "eac3"
  | "opus"
  | "id3"
  | "scte35";

/** Private data, of which descriptors tell what it is. */
const PRIVATE_DATA = 0x06;

/** Source: ISO/IEC 13818-1, table 2-34; ATSC A/53; SCTE 35; Apple, timed metadata. */
const CODECS: ReadonlyMap<number, TransportStreamCodec> = new Map([
  [0x01, "mpeg1-video"],
  [0x02, "mpeg2-video"],
  [0x03, "mpeg-audio"],
  [0x04, "mpeg-audio"],
  [0x0f, "aac-adts"],
  [0x10, "mpeg4-video"],
  [0x11, "aac-latm"],
  [0x15, "id3"],
  [0x1b, "h264"],
  [0x24, "hevc"],
  [0x81, "ac3"],
  [0x86, "scte35"],
  [0x87, "eac3"],
]);

const REGISTRATIONS: ReadonlyMap<string, TransportStreamCodec> = new Map([
  ["Opus", "opus"],
  ["AC-3", "ac3"],
  ["EAC3", "eac3"],
  ["HEVC", "hevc"],
  ["ID3 ", "id3"],
  ["CUEI", "scte35"],
]);

const REGISTRATION = 0x05;
const LANGUAGE = 0x0a;
const EXTENSION = 0x7f;
/** DVB's own descriptors of Dolby's streams: ETSI EN 300 468, annex D. */
const DVB_CODECS: ReadonlyMap<number, TransportStreamCodec> = new Map([
  [0x6a, "ac3"],
  [0x7a, "eac3"],
]);

/** Streams of sections of tables, and not of PES packets. */
const SECTION_TYPES: ReadonlySet<number> = new Set([
  0x05, 0x0a, 0x0b, 0x0c, 0x0d, 0x14, 0x16, 0x86,
]);

/** Whether a stream is made of sections of tables. */
export function hasSections(streamType: number): boolean {
  return SECTION_TYPES.has(streamType);
}

/** Names what a stream carries, by its type, or, if that is private, by its descriptors. */
export function findCodec(
  streamType: number,
  descriptors: Uint8Array,
): TransportStreamCodec | undefined {
  const codec = CODECS.get(streamType);
  if (codec !== undefined || streamType !== PRIVATE_DATA) return codec;
  for (const { tag, data } of listDescriptors(descriptors)) {
    const name =
      tag === REGISTRATION
        ? REGISTRATIONS.get(decodeText(data.subarray(0, 4)))
        : DVB_CODECS.get(tag);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Finds the language among descriptors. */
export function findLanguage(descriptors: Uint8Array): string | undefined {
  for (const { tag, data } of listDescriptors(descriptors)) {
    if (tag === LANGUAGE && data.length >= 3) {
      return decodeText(data.subarray(0, 3));
    }
  }
  return undefined;
}

/** Finds the body of one of DVB's own extension descriptors: ETSI EN 300 468, 6.4. */
export function findExtension(
  descriptors: Uint8Array,
  extension: number,
): Uint8Array | undefined {
  for (const { tag, data } of listDescriptors(descriptors)) {
    if (tag === EXTENSION && data[0] === extension) return data.subarray(1);
  }
  return undefined;
}

/** How a codec is told: by a type of its own, or as private data with a registration. */
export function findStreamType(codec: TransportStreamCodec): {
  readonly streamType: number;
  readonly descriptors: Uint8Array;
} {
  for (const [streamType, name] of CODECS) {
    if (name === codec) return { streamType, descriptors: new Uint8Array(0) };
  }
  for (const [text, name] of REGISTRATIONS) {
    if (name !== codec) continue;
    const letters = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const descriptors = Uint8Array.of(REGISTRATION, 4, ...letters);
    return { streamType: PRIVATE_DATA, descriptors };
  }
  throw new TypeError(`Cannot write '${codec}': there is no such codec`);
}

/** Writes a language as a descriptor. */
export function encodeLanguage(language: string): Uint8Array {
  if (!/^[a-z]{3}$/.test(language)) {
    throw new RangeError(
      `Cannot write '${language}' as a language: it takes three small letters`,
    );
  }
  const letters = Uint8Array.from(language, (letter) => letter.charCodeAt(0));
  return Uint8Array.of(LANGUAGE, 4, ...letters, 0);
}

function* listDescriptors(
  descriptors: Uint8Array,
): Generator<{ tag: number; data: Uint8Array }, void, undefined> {
  for (let at = 0; at + 2 <= descriptors.length;) {
    const [tag = 0, length = 0] = descriptors.subarray(at, at + 2);
    yield { tag, data: descriptors.subarray(at + 2, at + 2 + length) };
    at += 2 + length;
  }
}

function decodeText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
