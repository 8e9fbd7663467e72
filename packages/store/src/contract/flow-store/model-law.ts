import { deepEqual } from "node:assert/strict";
import { TimeRange } from "@sluice/time";
import fc, { type Arbitrary } from "fast-check";
import type { FlowStore } from "../../port/flow-store.ts";
import {
  FlowStoreModel,
  type ModelSegment,
  type ModelStep,
} from "./flow-store-model.ts";
import {
  createId,
  finish,
  refuses,
  storePlan,
  videoFlow,
  type StorePlan,
} from "./store-plan.ts";

const [flowCount, objectCount] = [3, 6];

/** What each run begins with, so that most of what follows can be done. */
const beginning: readonly ModelStep[] = [
  { kind: "put", flow: 0 },
  { kind: "put", flow: 1 },
  ...[0, 1, 2, 3].map((object): ModelStep => ({
    kind: "allocate",
    flow: object % 2,
    object,
  })),
];

/** Whatever is done to a store, and to a model of it, has the same outcome. */
export const modelLaws: readonly StorePlan[] = [
  storePlan(
    "does what a model of it does, whatever is asked",
    async (store) => {
      await fc.assert(
        fc.asyncProperty(createSteps(), (steps) => compare(store, steps)),
        { numRuns: 15 },
      );
    },
  ),
];

function createSteps(): Arbitrary<ModelStep[]> {
  const flow = fc.nat(flowCount - 1);
  const object = fc.nat(objectCount - 1);
  const segment = fc
    .record({
      object,
      start: fc.nat(12),
      length: fc.integer({ min: 1, max: 3 }),
      offset: fc.integer({ min: -1, max: 2 }),
    })
    .map(({ length, ...rest }) => ({ ...rest, end: rest.start + length }));
  const kinds = ["put", "drop", "lock", "unlock"] as const;
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constantFrom(...kinds), flow }),
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("put"), flow }) },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant("allocate"), flow, object }),
      },
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constantFrom("add", "add as one"),
          flow,
          segments: fc.array(segment, { minLength: 1, maxLength: 3 }),
        }),
      },
      fc
        .record({ start: fc.nat(12), length: fc.nat(8), flow })
        .map(({ start, length, ...rest }) => ({
          kind: "remove" as const,
          start,
          end: start + length,
          ...rest,
        })),
    ),
    { maxLength: 20 },
  );
}

async function compare(
  store: FlowStore,
  steps: readonly ModelStep[],
): Promise<void> {
  const model = new FlowStoreModel(store.capabilities.atomicSegments);
  const real = new NumberedStore(store);
  for (const step of [...beginning, ...steps]) {
    // Whether the id of an object that is gone can be had again, and when, is open.
    if (step.kind === "allocate" && model.objects.get(step.object)?.isGone) {
      continue;
    }
    deepEqual(await real.do(step), model.do(step), JSON.stringify(step));
  }
  await real.check(model);
}

/** A store whose flows and objects go by numbers. */
class NumberedStore {
  readonly #store: FlowStore;
  readonly #flows = Array.from({ length: flowCount }, createId).sort();
  readonly #objects = Array.from({ length: objectCount }, createId);

  constructor(store: FlowStore) {
    this.#store = store;
  }

  /** Does a step; gives the codes of the errors that it ends with. */
  async do(step: ModelStep): Promise<readonly string[]> {
    try {
      return await this.#try(step, this.#flows[step.flow] ?? "");
    } catch (error) {
      if (error instanceof Error && "code" in error) {
        return [String(error.code)];
      }
      throw error;
    }
  }

  /** Claims that all that can be read is as in the model. */
  async check(model: FlowStoreModel): Promise<void> {
    for (const [number, id] of this.#flows.entries()) {
      const wanted = model.flows.get(number)?.segments ?? [];
      deepEqual(
        await this.#list(id),
        wanted.map((one) => this.#write(one)),
      );
    }
    for (const [number, id] of this.#objects.entries()) {
      const flows = model.findFlows(number).map((one) => this.#flows[one]);
      if (flows.length > 0) {
        const { object } = await this.#store.getObject(id);
        deepEqual(object.referenced_by_flows, flows.sort());
      } else {
        await refuses(this.#store.getObject(id), "STORE_OBJECT_NOT_FOUND");
      }
    }
  }

  async #try(step: ModelStep, id: string): Promise<readonly string[]> {
    const store = this.#store;
    switch (step.kind) {
      case "put":
        await store.putFlow(videoFlow({ id, source_id: id }));
        break;
      case "drop":
        await finish(store, store.deleteFlow(id));
        break;
      case "lock":
      case "unlock":
        await store.setFlowProperty(id, "read_only", step.kind === "lock");
        break;
      case "allocate": {
        const objectIds = [this.#objects[step.object] ?? ""];
        await store.allocateObjects(id, { objectIds });
        break;
      }
      case "add": {
        const posts = step.segments.map((one) => this.#write(one));
        const failed = await store.addSegments(id, posts);
        return failed.map(({ error }) => error?.type ?? "");
      }
      case "add as one": {
        const posts = step.segments.map((one) => this.#write(one));
        await store.addSegmentsAtomically(id, posts);
        break;
      }
      case "remove": {
        const timerange = TimeRange.parse(formatRange(step), {
          spelling: "any",
        });
        await finish(store, store.deleteSegments(id, { timerange }));
        break;
      }
    }
    return [];
  }

  async #list(id: string): Promise<readonly unknown[]> {
    const all = [];
    let next: string | undefined;
    do {
      const at = next === undefined ? {} : { page: next };
      const page = await this.#store.listSegments(id, {}, { limit: 2, ...at });
      all.push(...page.items.map(({ get_urls: _, ...segment }) => segment));
      next = page.next;
    } while (next !== undefined);
    return all;
  }

  #write(segment: ModelSegment): {
    readonly object_id: string;
    readonly timerange: string;
    readonly ts_offset?: string;
  } {
    const { object, offset } = segment;
    return {
      object_id: this.#objects[object] ?? "",
      timerange: formatRange(segment),
      ...(offset !== 0 && { ts_offset: `${offset}:0` }),
    };
  }
}

function formatRange({
  start,
  end,
}: {
  readonly start: number;
  readonly end: number;
}): string {
  return `[${start}:0_${end}:0)`;
}
