import { asyncContextManager, type AsyncContextManager } from "sluice";
import { essenceOfFlow } from "./essence-of-flow.ts";
import { FlowReader } from "./flow-reader.ts";
import { Lifetime } from "./lifetime.ts";
import type { MediaPlace } from "./media-place.ts";
import { toReadSettings, type ReadOptions } from "./reader-options.ts";
import { SegmentLoader } from "./segment-loader.ts";

/** Opens a reader of a flow for a block. */
export type FlowReaderManager = AsyncContextManager<FlowReader, false>;

/**
 * Makes a manager of a reader; nothing is read before it is entered.
 *
 * @throws {RangeError} If an option is out of bounds.
 */
export function openRead(
  place: MediaPlace,
  flowId: string,
  options?: ReadOptions,
): FlowReaderManager {
  const settings = toReadSettings(options);
  return open(place, flowId, settings);
}

const open = asyncContextManager(
  async function* (
    outer: MediaPlace,
    flowId: string,
    settings: ReturnType<typeof toReadSettings>,
  ) {
    const { store, formats } = outer;
    const flow = await outer.lifetime.run(() => store.getFlow(flowId));
    const essence = essenceOfFlow(flow);
    const format = formats.find(flow);
    const lifetime = new Lifetime(
      `the reader of flow '${flowId}'`,
      outer.lifetime,
    );
    const place = { ...outer, lifetime };
    const loader = new SegmentLoader({
      store,
      flow,
      essence,
      format,
      lifetime,
    });
    try {
      yield new FlowReader({ place, flow, essence, loader, settings });
    } finally {
      await lifetime.close();
    }
  },
  { suppresses: false },
);
