import {
  openContainer,
  type Container,
  type MediaSource,
  type Track,
} from "@sluice/media";
import type { Flow, FlowPut } from "@sluice/tams";
import { Timestamp } from "@sluice/time";
import { asyncWith, merge, type AsyncExitStack } from "sluice";
import { InvalidRequestError } from "../error/invalid-request-error.ts";
import { createFlow } from "./create-flow.ts";
import { flowOfEssence } from "./flow-of-essence.ts";
import type { FlowWriter } from "./flow-writer.ts";
import {
  completeFlow,
  createIngestMark,
  markFlow,
  type IngestMark,
} from "./ingest-mark.ts";
import { getGrainTime } from "./grain-span.ts";
import type { MediaPlace } from "./media-place.ts";
import { openWrite } from "./open-write.ts";
import { prepareFlow } from "./prepare-flow.ts";
import { undoStack } from "./undo-stack.ts";
import { toWriteSettings } from "./write-options.ts";

/** How a file is taken in. */
export interface IngestOptions {
  /** A short name for the flow of flows. */
  readonly label?: string | undefined;
  /**
   * Which instant of the flows' timeline the file's zero is, to the nearest tick of each
   * track's clock; 0 by default.
   */
  readonly offset?: Timestamp | undefined;
  /** About how long a segment is; a second by default. */
  readonly segmentDuration?: Timestamp | undefined;
  /** Is told of each grain that was taken in. */
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Gives it up with its reason; nothing is left then. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a file is taken in. */
export interface IngestProgress {
  /** The flow that a grain went into. */
  readonly flowId: string;
  /** When the grain is presented, on the flow's timeline. */
  readonly timestamp: Timestamp;
  /** How many grains there are by now, of all tracks. */
  readonly grains: number;
}

/** What became of a file. */
export interface IngestedMedia {
  /** The flow of flows. */
  readonly flow: Flow;
  /** The flows of its tracks, in the file's order. */
  readonly tracks: readonly Flow[];
}

/**
 * Takes a file in: a flow and a source for each track, and a flow of these, each with its
 * role. All of it is there, or nothing.
 *
 * Until then the flows' `status` is `ingesting`, and `closed_complete` from then on. A tag of
 * ours goes with it, by which a store in a folder, when it is opened again, removes what a
 * process that was killed has left.
 *
 * Holds of each track the open segment, and up to four that are being written.
 *
 * @throws {FormatError} If the file does not follow its format, or its format is not known.
 * @throws {InvalidRequestError} If it has no track.
 * @throws {UnsupportedMediaError} If no object format can hold a track.
 */
export function ingestMedia(
  place: MediaPlace,
  source: MediaSource,
  options: IngestOptions = {},
): Promise<IngestedMedia> {
  const { lifetime } = place;
  return lifetime.runToItsEnd(
    (signal) =>
      // What was made goes again if what comes after it fails, writers first.
      asyncWith(undoStack(), async (stack) => {
        const container = await stack.enter(openContainer(source, { signal }));
        const mark = await createIngestMark(place.store);
        const ingest = { place, stack, options, mark };
        const pairs = await createFlows(ingest, container);
        await collectFlows(ingest, pairs);
        await asyncWith(undoStack(), async (writers) => {
          const inner = { ...ingest, stack: writers };
          const writings = await openWriters(inner, pairs);
          await copyGrains(writings, { ...options, signal });
        });
        return completeFlows(ingest, pairs);
      }),
    options.signal,
  );
}

interface Ingest {
  readonly place: MediaPlace;
  readonly stack: AsyncExitStack;
  readonly options: IngestOptions;
  /** What its flows are marked with until all is there. */
  readonly mark: IngestMark;
}

/** A track, and the flow that it becomes. */
interface TrackOfFlow {
  readonly track: Track;
  readonly flow: Flow;
}

async function createFlows(
  { place, stack, options, mark }: Ingest,
  { tracks, contentType }: Container,
): Promise<TrackOfFlow[]> {
  if (tracks.length === 0) {
    throw new InvalidRequestError(
      `Cannot take in a file of ${contentType}: it has no track that can be read`,
    );
  }
  const pairs: TrackOfFlow[] = [];
  for (const track of tracks) {
    const wanted = markFlow(toFlow(place, track, options), mark);
    pairs.push({ track, flow: await createFlow(place.store, stack, wanted) });
  }
  return pairs;
}

function toFlow(
  { formats }: MediaPlace,
  { essence, label }: Track,
  { segmentDuration }: IngestOptions,
): FlowPut {
  const id = crypto.randomUUID();
  const identity = { id, source_id: crypto.randomUUID(), label };
  const settings = toWriteSettings({ essence, segmentDuration });
  return prepareFlow(flowOfEssence(essence, identity), formats, settings);
}

/** Source: TAMS 8.2, application note 0006. */
function collectFlows(
  { place, stack, options, mark }: Ingest,
  pairs: readonly TrackOfFlow[],
): Promise<Flow> {
  const whole = {
    id: mark.wholeId,
    source_id: crypto.randomUUID(),
    format: "urn:x-nmos:format:multi",
    label: options.label,
    flow_collection: pairs.map(({ track, flow }, index) => ({
      id: flow.id,
      role: track.essence.kind,
      container_mapping: { track_index: index },
    })),
  } as const;
  return createFlow(place.store, stack, markFlow(whole, mark));
}

/** The flow of flows comes first: from then on all of it is there, even after a crash. */
async function completeFlows(
  { place: { store }, mark }: Ingest,
  pairs: readonly TrackOfFlow[],
): Promise<IngestedMedia> {
  const flow = await completeFlow(store, mark.wholeId);
  const tracks: Flow[] = [];
  for (const { flow } of pairs) tracks.push(await completeFlow(store, flow.id));
  return { flow, tracks };
}

interface Writing {
  readonly track: Track;
  readonly writer: FlowWriter;
}

async function openWriters(
  { place, stack, options }: Ingest,
  pairs: readonly TrackOfFlow[],
): Promise<readonly Writing[]> {
  const { offset, segmentDuration } = options;
  const writings: Writing[] = [];
  for (const { track, flow } of pairs) {
    const { essence, timescale } = track;
    const isVarying = essence.kind === "video" && essence.rate === undefined;
    const manager = openWrite(place, flow.id, {
      essence,
      offset,
      segmentDuration,
      timescale: isVarying ? timescale : undefined,
    });
    writings.push({ track, writer: await stack.enter(manager) });
  }
  return writings;
}

async function copyGrains(
  writings: readonly Writing[],
  { offset = Timestamp.zero, onProgress, signal }: IngestOptions,
): Promise<void> {
  const streams = writings.map(({ track, writer }) => {
    const { id: flowId, source_id: sourceId } = writer.flow;
    const grains = track.getGrains({ ids: { flowId, sourceId } });
    return grains.map((grain) => ({ grain, writer }));
  });
  let grains = 0;
  await merge(...streams)
    .withOptions({ signal })
    .forEach(async ({ grain, writer }) => {
      await writer.write(grain);
      grains++;
      const timestamp = getGrainTime(grain).add(offset);
      onProgress?.({ flowId: writer.flow.id, timestamp, grains });
    });
}
