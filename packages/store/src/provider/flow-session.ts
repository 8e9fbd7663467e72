import type { MediaSource } from "@sluice/media";
import type {
  Flow,
  FlowPut,
  FlowQuery,
  Source,
  SourceQuery,
} from "@sluice/tams";
import { TimeRange } from "@sluice/time";
import type { Stream } from "sluice";
import { createClip, type ClipOptions, type ClipPart } from "../flow/clip.ts";
import { copyFlow, type CopyOptions } from "../flow/copy.ts";
import { removeFlow } from "../flow/create-flow.ts";
import { deleteRange } from "../flow/delete-range.ts";
import type { Finding } from "../flow/finding.ts";
import { exportFlow, type FlowExportOptions } from "../flow/export.ts";
import {
  ingestMedia,
  type IngestedMedia,
  type IngestOptions,
} from "../flow/ingest.ts";
import { listPages } from "../flow/list-pages.ts";
import type { MediaPlace } from "../flow/media-place.ts";
import { openRead, type FlowReaderManager } from "../flow/open-read.ts";
import { openWrite, type FlowWriterManager } from "../flow/open-write.ts";
import type { ReadOptions } from "../flow/reader-options.ts";
import { verifyFlow } from "../flow/verify.ts";
import type { WriteOptions } from "../flow/write-options.ts";
import type { FlowStore } from "../port/flow-store.ts";

/**
 * An open store of flows: `FlowProvider` gives it to its block.
 *
 * After the block each method throws a `ClosedError`, and so do the readers and writers that
 * were opened here; what was read stays valid.
 */
export class FlowSession {
  readonly #place: MediaPlace;

  /**
   * @param place What it works on: see `FlowProvider`.
   * @internal
   */
  constructor(place: MediaPlace) {
    this.#place = place;
  }

  /**
   * The store itself, with all that TAMS has.
   *
   * @throws {ClosedError} If the block has ended.
   */
  get store(): FlowStore {
    this.#place.lifetime.check();
    return this.#place.store;
  }

  /**
   * Lists flows; pages are loaded as they are read.
   *
   * @param query Which; all by default.
   * @returns The stream.
   * @throws {ClosedError} If the block has ended: at once, or on reading.
   */
  listFlows(query?: FlowQuery): Stream<Flow> {
    const { store } = this;
    const { signal } = this.#place.lifetime;
    return listPages((page) => store.listFlows(query, page), { signal });
  }

  /**
   * Lists sources; pages are loaded as they are read.
   *
   * @param query Which; all by default.
   * @returns The stream.
   * @throws {ClosedError} If the block has ended: at once, or on reading.
   */
  listSources(query?: SourceQuery): Stream<Source> {
    const { store } = this;
    const { signal } = this.#place.lifetime;
    return listPages((page) => store.listSources(query, page), { signal });
  }

  /**
   * Gives a flow's document.
   *
   * @param flowId Its id.
   * @returns The document.
   * @throws {FlowNotFoundError} If there is none.
   * @throws {ClosedError} If the block has ended.
   */
  getFlow(flowId: string): Promise<Flow> {
    const { store, lifetime } = this.#place;
    return lifetime.run(() => store.getFlow(flowId));
  }

  /**
   * Makes a flow, or changes all of its metadata.
   *
   * @param flow The document; what is absent is taken away.
   * @returns The document, as it is now.
   * @throws {InvalidRequestError} If it breaks a rule.
   * @throws {ReadOnlyFlowError} If nothing of it may be changed.
   * @throws {ClosedError} If the block has ended.
   */
  putFlow(flow: FlowPut): Promise<Flow> {
    const { store, lifetime } = this.#place;
    return lifetime.run(async () => (await store.putFlow(flow)).flow);
  }

  /**
   * Opens a flow to be read, for a block.
   *
   * @param flowId The flow's id.
   * @param options What holds for all that is read; each reading may say otherwise.
   * @returns A manager, which does nothing before it is entered; entering it throws
   * `FlowNotFoundError` if there is no such flow, and `InvalidRequestError` if it has no
   * segments of its own, or of a container of which nothing is known.
   * @throws {RangeError} If an option is out of bounds; at once.
   * @throws {ClosedError} If the block has ended; at once, or on entering.
   */
  openRead(flowId: string, options?: ReadOptions): FlowReaderManager {
    this.#place.lifetime.check();
    return openRead(this.#place, flowId, options);
  }

  /**
   * Opens a flow to be written, for a block.
   *
   * With `commit: "on-exit"`, a block that fails leaves no trace on the timeline, and one that
   * ends well puts all of it there as one; with `"as-you-go"` each segment is there as soon
   * as it is complete, and a block that fails loses only the one that is not. Leaving throws
   * `SegmentOverlapError` if another writer was first; nothing is there of this one then.
   *
   * Holds the segment that is open, and up to four, or 64 MiB, that are being written. Objects that were written and are not on the timeline in the end are
   * removed by the store, after its `min_object_timeout`. A flow that was made stays.
   *
   * @param flow The flow's document, which is put first; or the id of one that there is.
   * @param options When it can be read, and how it is cut.
   * @returns A manager, which does nothing before it is entered. With `"on-exit"` it must be
   * told how the block ended: `asyncWith` tells it, `await using` does not.
   * @throws {RangeError} If an option is out of bounds; at once.
   * @throws {ClosedError} If the block has ended; at once, or on entering.
   */
  openWrite(flow: FlowPut | string, options?: WriteOptions): FlowWriterManager {
    this.#place.lifetime.check();
    return openWrite(this.#place, flow, options);
  }

  /**
   * Takes a media file in: a flow and a source for each track, and a flow of these, each
   * with its role. All of it is there then, or nothing. Holds of each track the open
   * segment, and up to four that are being written.
   *
   * @param source The file: its path, a URL, a `Blob`, or its bytes.
   * @param options Where on the timeline it goes, and who is told how far it is.
   * @returns The flows that were made.
   * @throws {FormatError} If the file does not follow its format.
   * @throws {InvalidRequestError} If it has no track that can be read.
   * @throws {UnsupportedMediaError} If no object format can hold a track.
   * @throws {ClosedError} If the block has ended.
   */
  ingest(source: MediaSource, options?: IngestOptions): Promise<IngestedMedia> {
    return ingestMedia(this.#place, source, options);
  }

  /**
   * Makes a flow of ranges of others, by reference: no byte is copied, and the frames are cut
   * to the sample, wherever the segments begin. All of it is there then, or nothing.
   *
   * @param parts The ranges, in any order; each begins where the one before it ends, unless
   * it says otherwise.
   * @param options What the clip is.
   * @returns The clip's flow.
   * @throws {RangeError} If there is no part, or one has no bounds.
   * @throws {FlowNotFoundError} If there is no such flow.
   * @throws {InvalidRequestError} If the flows' grains are not alike.
   * @throws {MissingMediaError} If something is missing, unless gaps are passed over.
   * @throws {SegmentOverlapError} If two parts are to be at the same time.
   * @throws {ClosedError} If the block has ended.
   */
  clip(parts: readonly ClipPart[], options?: ClipOptions): Promise<Flow> {
    return createClip(this.#place, parts, options);
  }

  /**
   * Copies a flow, and those that it collects, into another store, ids and all.
   *
   * What is there already is passed over: a copy that was broken off is gone on with by the
   * same call, and one that is repeated does nothing. Bytes are streamed.
   *
   * @param flowId The flow.
   * @param target The session of the other store, or that store.
   * @param options How many objects at a time, and who is told how far it is.
   * @throws {FlowNotFoundError} If there is no such flow.
   * @throws {SegmentOverlapError} If something else overlaps a segment there; what has the same range
   * counts as there, whatever its object.
   * @throws {ClosedError} If the block has ended.
   */
  copy(
    flowId: string,
    target: FlowSession | FlowStore,
    options: CopyOptions = {},
  ): Promise<void> {
    const to = target instanceof FlowSession ? target.store : target;
    const { store, lifetime } = this.#place;
    return lifetime.runToItsEnd(
      (signal) => copyFlow({ from: store, to }, flowId, { ...options, signal }),
      options.signal,
    );
  }

  /**
   * Writes a range of a flow, or of all that it collects, as one MP4 file, exact to the
   * picture and to the sample; nothing is decoded or coded anew. Holds about half a second of
   * each flow, unless `fastStart` is wanted.
   *
   * @param flowId The flow.
   * @param options Which part of it.
   * @returns The file's bytes.
   * @throws {RangeError} On reading, if the range is empty, or has no bounds.
   * @throws {FlowNotFoundError} On reading, if there is no such flow.
   * @throws {InvalidRequestError} On reading, if it is a clip with a cut within the range at
   * a picture that is no key frame.
   * @throws {UnsupportedMediaError} On reading, if MP4 cannot hold a flow.
   * @throws {ExportRangeError} On reading, if nothing of a flow is within the range.
   * @throws {ClosedError} If the block has ended: at once, or on reading.
   */
  exportMp4(flowId: string, options: FlowExportOptions): Stream<Uint8Array> {
    this.#place.lifetime.check();
    return exportFlow(this.#place, flowId, options);
  }

  /**
   * Looks whether a flow's objects are there, have the bytes that were written and, on
   * request, can be decoded; and whether its segments take what their objects have.
   *
   * Reads every byte, and holds four chunks at a time; with `decode` an object at a time. Size
   * and checksum are compared where the store has noted them, as ours do; of objects at a
   * TAMS service, or elsewhere, it is told whether they can be read.
   *
   * @param flowId The flow.
   * @param options Which part of it, and whether objects are decoded and their samples
   * counted, which takes longer.
   * @returns What is wrong, as it is found; nothing, if all is well.
   * @throws {FlowNotFoundError} On reading, if there is no such flow.
   * @throws {ClosedError} If the block has ended: at once, or on reading.
   */
  verify(
    flowId: string,
    options: {
      readonly timerange?: TimeRange | undefined;
      readonly decode?: boolean | undefined;
    } = {},
  ): Stream<Finding> {
    this.#place.lifetime.check();
    const { timerange = TimeRange.eternity, decode = false } = options;
    return verifyFlow(this.#place, flowId, { timeRange: timerange, decode });
  }

  /**
   * Removes the segments that lie wholly within a range, and waits until it is done.
   *
   * @param flowId The flow.
   * @param timerange The range.
   * @throws {FlowNotFoundError} If there is no such flow.
   * @throws {ReadOnlyFlowError} If nothing of it may be changed.
   * @throws {ClosedError} If the block has ended.
   */
  deleteRange(flowId: string, timerange: TimeRange): Promise<void> {
    return deleteRange(this.#place, flowId, timerange);
  }

  /**
   * Removes a flow with its segments, and waits until it is done. Its source goes with its
   * last flow; objects go when nothing refers to them.
   *
   * @param flowId The flow.
   * @throws {FlowNotFoundError} If there is no such flow.
   * @throws {ReadOnlyFlowError} If nothing of it may be changed.
   * @throws {ClosedError} If the block has ended.
   */
  deleteFlow(flowId: string): Promise<void> {
    const { store, lifetime } = this.#place;
    return lifetime.run(() => removeFlow(store, flowId));
  }
}
