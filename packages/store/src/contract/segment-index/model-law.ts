import fc, { type Arbitrary } from "fast-check";
import type {
  IndexTransaction,
  SegmentIndex,
  SegmentWindow,
  Span,
} from "../../port/segment-index.ts";
import { makeObject, makeSegment } from "./index-material.ts";
import { IndexModel } from "./index-model.ts";
import {
  claimSame,
  indexPlan,
  read,
  write,
  type IndexPlan,
} from "./index-plan.ts";

/** Something that is done to an index, and to the model: both are to give the same. */
type Step = (it: IndexTransaction, model: IndexModel) => Promise<void>;

const flowIds = fc.constantFrom("f", "g");
const objectIds = fc.constantFrom("o", "p", "q");
const spans: Arbitrary<Span> = fc
  .tuple(fc.integer({ min: -5, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .map(([start, length]) => ({
    start: BigInt(start),
    end: BigInt(start + length),
  }));
const windows = fc.record({
  span: fc.option(spans, { nil: undefined }),
  objectId: fc.option(objectIds, { nil: undefined }),
  reverse: fc.boolean(),
  after: fc.option(fc.bigInt({ min: -6n, max: 41n }), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 9 }),
});

const steps: Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(flowIds, objectIds, spans).map(insert) },
  { weight: 2, arbitrary: fc.tuple(flowIds, windows).map(list) },
  { weight: 1, arbitrary: fc.tuple(flowIds, spans).map(look) },
  { weight: 2, arbitrary: fc.tuple(flowIds, spans, windows).map(remove) },
  { weight: 2, arbitrary: fc.tuple(objectIds, windows).map(putObject) },
  { weight: 1, arbitrary: objectIds.map(removeObject) },
  { weight: 1, arbitrary: objectIds.map(lookAtObject) },
);

const transactions = fc.array(
  fc.record({
    steps: fc.array(steps, { minLength: 1, maxLength: 12 }),
    fails: fc.boolean(),
  }),
  { maxLength: 6 },
);

/**
 * An index does what the model does, whatever is done to it.
 *
 * @param runs How often something else is done to it.
 */
export function modelLaw(runs: number): IndexPlan {
  return indexPlan(
    "does what arrays would, in transactions that hold or fail",
    async (index) => {
      await fc.assert(
        fc.asyncProperty(transactions, async (all) => {
          await clear(index);
          let model = new IndexModel();
          for (const one of all) model = await run(index, model, one);
        }),
        { numRuns: runs },
      );
    },
  );
}

async function run(
  index: SegmentIndex,
  before: IndexModel,
  {
    steps,
    fails,
  }: { readonly steps: readonly Step[]; readonly fails: boolean },
): Promise<IndexModel> {
  const model = Object.assign(new IndexModel(), before);
  const failure = new Error("given up");
  try {
    await write(index, async (it) => {
      for (const step of steps) await step(it, model);
      if (fails) throw failure;
    });
  } catch (error) {
    if (error !== failure) throw error;
  }
  const kept = fails ? before : model;
  await read(index, async (it) => {
    for (const flowId of ["f", "g"]) {
      const window = { limit: 99 };
      claimSame(
        await it.listSegments(flowId, window),
        kept.listSegments(flowId, window),
      );
    }
  });
  return kept;
}

async function clear(index: SegmentIndex): Promise<void> {
  await write(index, async (it) => {
    for (const id of ["f", "g"]) {
      await it.removeSegments(id, {
        span: { start: -99n, end: 99n },
        limit: 999,
      });
    }
    for (const id of ["o", "p", "q"]) await it.removeObject(id);
  });
}

function insert([flowId, objectId, { start, end }]: [
  string,
  string,
  Span,
]): Step {
  const segment = makeSegment(flowId, start, end + 1n, { objectId });
  return async (it, model) => {
    const overlap = await it.findOverlap(flowId, segment);
    claimSame(overlap, model.findOverlap(flowId, segment));
    if (overlap !== undefined) return;
    await it.insertSegment(segment);
    model.insertSegment(segment);
  };
}

function list([flowId, window]: [string, SegmentWindow]): Step {
  return async (it, model) => {
    claimSame(
      await it.listSegments(flowId, window),
      model.listSegments(flowId, window),
    );
  };
}

function look([flowId, span]: [string, Span]): Step {
  return async (it, model) => {
    claimSame(
      await it.findExtent(flowId, span),
      model.findExtent(flowId, span),
    );
    claimSame(await it.findExtent(flowId), model.findExtent(flowId));
  };
}

function remove([flowId, span, { objectId, limit }]: [
  string,
  Span,
  SegmentWindow,
]): Step {
  const window = { span, objectId, limit };
  return async (it, model) => {
    claimSame(
      await it.removeSegments(flowId, window),
      model.removeSegments(flowId, window),
    );
  };
}

function putObject([id, { objectId }]: [string, SegmentWindow]): Step {
  const object = makeObject(id, { initObjectId: objectId });
  return async (it, model) => {
    await it.putObject(object);
    model.putObject(object);
  };
}

function removeObject(id: string): Step {
  return async (it, model) => {
    await it.removeObject(id);
    model.removeObject(id);
  };
}

function lookAtObject(id: string): Step {
  return async (it, model) => {
    claimSame(await it.isReferenced(id), model.isReferenced(id));
    claimSame(
      await it.listFlowsOfObject(id, { limit: 9 }),
      model.listFlowsOfObject(id),
    );
  };
}
