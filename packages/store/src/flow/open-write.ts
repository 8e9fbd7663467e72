import type { Essence } from "@sluice/media";
import type { Flow, FlowPut } from "@sluice/tams";
import { Timestamp } from "@sluice/time";
import {
  asyncContextManager,
  asyncWith,
  Lock,
  type AsyncContextManager,
} from "sluice";
import { ReadOnlyFlowError } from "../error/read-only-flow-error.ts";
import { essenceOfFlow } from "./essence-of-flow.ts";
import { toFlowSegment, type FlowSegment } from "./flow-segment.ts";
import { FlowWriter } from "./flow-writer.ts";
import { findTimescale, GrainMover } from "./grain-mover.ts";
import { Lifetime } from "./lifetime.ts";
import type { MediaPlace } from "./media-place.ts";
import { prepareFlow } from "./prepare-flow.ts";
import { SegmentWriter } from "./segment-writer.ts";
import {
  toWriteSettings,
  type WriteOptions,
  type WriteSettings,
} from "./write-options.ts";

/** Opens a writer of a flow for a block. */
export type FlowWriterManager = AsyncContextManager<FlowWriter, false>;

/**
 * Makes a manager of a writer; nothing is done before it is entered.
 *
 * @throws {RangeError} If an option is out of bounds.
 */
export function openWrite(
  place: MediaPlace,
  flow: FlowPut | string,
  options?: WriteOptions,
): FlowWriterManager {
  const settings = toWriteSettings(options);
  // What is there already needs no outcome to stay.
  const open = settings.commit === "on-exit" ? openStrictly : openLoosely;
  return open(place, flow, settings);
}

const openStrictly = asyncContextManager(writeInBlock, {
  suppresses: false,
  strict: true,
});

const openLoosely = asyncContextManager(writeInBlock, { suppresses: false });

async function* writeInBlock(
  place: MediaPlace,
  wanted: FlowPut | string,
  settings: WriteSettings,
): AsyncGenerator<FlowWriter, void, void> {
  const flow = await place.lifetime.run(() =>
    findFlow(place, wanted, settings),
  );
  const work = new Lifetime(`the writer of flow '${flow.id}'`, place.lifetime);
  const block = new Lifetime(`the writer of flow '${flow.id}'`, work);
  const turn = new Lock();
  try {
    const essence = settings.essence ?? essenceOfFlow(flow);
    const segments = await work.run(() =>
      createSegmentWriter(
        { ...place, lifetime: work },
        { flow, essence },
        settings,
      ),
    );
    yield new FlowWriter({
      flow,
      essence,
      segments,
      turn,
      mover: new GrainMover(
        settings.offset,
        settings.timescale ?? findTimescale(essence),
      ),
      lifetime: block,
    });
    await asyncWith(turn, async () => {
      await block.close();
      await segments.commit();
    });
  } finally {
    await work.close();
  }
}

async function findFlow(
  { store, formats }: MediaPlace,
  wanted: FlowPut | string,
  settings: WriteSettings,
): Promise<Flow> {
  const flow =
    typeof wanted === "string"
      ? await store.getFlow(wanted)
      : (await store.putFlow(prepareFlow(wanted, formats, settings))).flow;
  if (flow.read_only === true) throw new ReadOnlyFlowError(flow.id);
  return flow;
}

interface Written {
  readonly flow: Flow;
  readonly essence: Essence;
}

async function createSegmentWriter(
  { store, formats, lifetime }: MediaPlace,
  { flow, essence }: Written,
  settings: WriteSettings,
): Promise<SegmentWriter> {
  const { objectFormat, commit } = settings;
  const { timescale = findTimescale(essence) } = settings;
  const isGiven = objectFormat?.contentType === flow.container;
  const format = (isGiven ? objectFormat : undefined) ?? formats.find(flow);
  const last = await findLast({ store, flow });
  const encoder = await format.createEncoder(essence, {
    timescale,
    timestampOffset: last?.timestampOffset,
  });
  return new SegmentWriter({
    store,
    flow,
    kind: essence.kind,
    encoder,
    last,
    segmentDuration: settings.segmentDuration ?? getSegmentDuration(flow),
    asYouGo: commit === "as-you-go",
    lifetime,
  });
}

async function findLast({
  store,
  flow,
}: Pick<MediaPlace, "store"> & Pick<Written, "flow">): Promise<
  FlowSegment | undefined
> {
  const query = { reverseOrder: true };
  const { items } = await store.listSegments(flow.id, query, { limit: 1 });
  return items[0] && toFlowSegment(items[0]);
}

/** Source: TAMS 8.2, `segment_duration`; a second is common: application note 0004. */
function getSegmentDuration({ segment_duration: told }: Flow): Timestamp {
  if (told === undefined) return Timestamp.fromSeconds(1);
  const { numerator, denominator = 1 } = told;
  const nanoseconds =
    (BigInt(numerator) * 1_000_000_000n) / BigInt(denominator);
  return Timestamp.fromNanoseconds(nanoseconds > 0n ? nanoseconds : 1n);
}
