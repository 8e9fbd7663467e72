import { exportMp4, type ExportTrack, type Grain } from "@sluice/media";
import type { Flow } from "@sluice/tams";
import { TimeRange, Timestamp } from "@sluice/time";
import { AsyncExitStack, stream, type Stream } from "sluice";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import type { GrainToDecode } from "./decoding-grains.ts";
import type { FlowReader } from "./flow-reader.ts";
import { getGrainStart, isKeyGrain } from "./grain-span.ts";
import type { MediaPlace } from "./media-place.ts";
import { openRead } from "./open-read.ts";

/** Which part of flows becomes a file, and how. */
export interface FlowExportOptions {
  /** From where to where; both are told. */
  readonly timerange: TimeRange;
  /**
   * Whether a player can begin before it has all of the file; all of it is held then. False
   * by default.
   */
  readonly fastStart?: boolean | undefined;
}

/** How much sound is given before the range: any decoder has settled by then. */
const SETTLING = Timestamp.fromSeconds(1);

/** Writes a range of a flow, or of those that it collects, as one MP4 file. */
export function exportFlow(
  place: MediaPlace,
  flowId: string,
  options: FlowExportOptions,
): Stream<Uint8Array> {
  const { timerange, fastStart = false } = options;
  return stream<Uint8Array>(async function* () {
    await using stack = new AsyncExitStack();
    const tracks: ExportTrack[] = [];
    for (const { id } of await listMembers(place, flowId)) {
      const reader = await stack.enter(openRead(place, id));
      const essence = await reader.readEssence();
      tracks.push({ essence, grains: openGrains(reader, timerange) });
    }
    yield* exportMp4(tracks, timerange, { fastStart });
  }).withOptions({ signal: place.lifetime.signal });
}

/** Lists the flows with samples of their own, of those that a flow collects, or itself. */
async function listMembers(
  place: MediaPlace,
  flowId: string,
): Promise<readonly Flow[]> {
  const flow = await place.store.getFlow(flowId);
  if (flow.format !== "urn:x-nmos:format:multi") return [flow];
  const members: Flow[] = [];
  for (const { id } of flow.flow_collection ?? []) {
    members.push(...(await listMembers(place, id)));
  }
  if (members.length > 0) return members;
  throw new InvalidRequestError(
    `Cannot export flow '${flowId}': it collects no flows`,
  );
}

function openGrains(reader: FlowReader, { start }: TimeRange): Stream<Grain> {
  if (reader.essence.kind === "audio") {
    // Whole frames: which samples of them are within the range is told by the file.
    const timerange = TimeRange.of(start?.subtract(SETTLING), undefined);
    return reader.getGrains({ timerange, order: "decode" });
  }
  const timerange = TimeRange.of(start, undefined);
  const refuse = (at: Timestamp): never => {
    throw new InvalidRequestError(
      `Cannot export flow '${reader.flow.id}': at ${at} it is cut at a picture that needs others, which the file could not hide; cut clips at key frames`,
    );
  };
  const check = createCutCheck(start?.nanoseconds);
  return reader.getGrainsToDecode({ timerange }).map((item) => {
    const { grain } = item;
    return check(item) ? grain : refuse(grain.originTimestamp);
  });
}

/**
 * Makes a check that a file would show the grains that it is given one by one, and no other.
 *
 * A file shows all from its start to its end: what is not wanted has to be presented before
 * the start, or behind all that is wanted.
 */
function createCutCheck(
  start: bigint | undefined,
): (item: GrainToDecode) => boolean {
  const from = start ?? -Infinity;
  let shown: bigint | undefined;
  let hidden: bigint | undefined;
  return ({ grain, isWanted }) => {
    const at = getGrainStart(grain);
    if (isWanted) {
      if (shown === undefined || at > shown) shown = at;
      return hidden === undefined || at < hidden;
    }
    if (at < from) {
      // What leads the first that is wanted may be decoded behind it; a key frame begins anew.
      return shown === undefined || !isKeyGrain(grain);
    }
    if (hidden === undefined || at < hidden) hidden = at;
    return shown !== undefined && at > shown;
  };
}
