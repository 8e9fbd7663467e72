import { createHash } from "node:crypto";
import type { FlowStore, PageOptions } from "@sluice/store";
import type { Flow, Segment, Tags } from "@sluice/tams";
import { TimeRange } from "@sluice/time";

/** A segment that was written, and what its bytes are. */
interface WrittenSegment {
  readonly object_id: string;
  readonly timerange: string;
  readonly size: number;
  readonly sha256: string;
}

/** What the program says that it begins. */
export type Begun =
  | {
      readonly begin: "put" | "edit";
      readonly id: string;
      readonly label: string;
    }
  | {
      readonly begin: "write";
      readonly id: string;
      readonly segments: readonly WrittenSegment[];
    }
  | {
      readonly begin: "deleteRange";
      readonly id: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly begin: "deleteFlow"; readonly id: string }
  | { readonly begin: "ingest" };

/** What the program says that it has done; the flows, if it took a file in. */
export interface Done {
  readonly done: true;
  readonly ids?: readonly string[];
}

interface ExpectedFlow {
  readonly label: string;
  readonly segments: readonly WrittenSegment[];
}

/** What is in a store after all that was acknowledged. */
export class ExpectedStore {
  readonly #flows: ReadonlyMap<string, ExpectedFlow>;
  /** Flows of files that were taken in. */
  readonly ingested: ReadonlySet<string>;

  constructor(
    flows: ReadonlyMap<string, ExpectedFlow> = new Map(),
    ingested: ReadonlySet<string> = new Set(),
  ) {
    this.#flows = flows;
    this.ingested = ingested;
  }

  /** What is in it after one thing more. */
  after(begun: Begun, done?: Done): ExpectedStore {
    if (begun.begin === "ingest") {
      const ids = done?.ids ?? [];
      return new ExpectedStore(
        this.#flows,
        new Set([...this.ingested, ...ids]),
      );
    }
    const flows = new Map(this.#flows);
    const old = flows.get(begun.id) ?? { label: "", segments: [] };
    switch (begun.begin) {
      case "put":
      case "edit":
        flows.set(begun.id, { ...old, label: begun.label });
        break;
      case "write":
        flows.set(begun.id, {
          ...old,
          segments: [...old.segments, ...begun.segments],
        });
        break;
      case "deleteRange": {
        const range = TimeRange.parse(`[${begun.start}:0_${begun.end}:0)`);
        flows.set(begun.id, {
          ...old,
          segments: old.segments.filter(
            ({ timerange }) => !range.containsRange(TimeRange.parse(timerange)),
          ),
        });
        break;
      }
      case "deleteFlow":
        flows.delete(begun.id);
        break;
    }
    return new ExpectedStore(flows, this.ingested);
  }

  /** Tells how a store differs; nothing if it is as expected. */
  compare(found: FoundStore): string[] {
    const wrong: string[] = [];
    for (const [id, { label, segments }] of this.#flows) {
      const flow = found.flows.get(id);
      if (flow === undefined) {
        wrong.push(`flow ${id} is gone`);
        continue;
      }
      if (flow.label !== label) {
        wrong.push(`flow ${id} is called ${flow.label ?? ""}, not ${label}`);
      }
      const [expected, actual] = [segments, flow.segments].map((list) =>
        JSON.stringify(list.map(toKey).sort()),
      );
      if (actual !== expected) {
        wrong.push(`flow ${id} has ${actual ?? ""}, not ${expected ?? ""}`);
      }
    }
    for (const [id, { status }] of found.flows) {
      if (status === undefined && !this.#flows.has(id)) {
        wrong.push(`flow ${id} is there`);
      }
    }
    for (const id of this.ingested) {
      if (!found.flows.has(id)) wrong.push(`ingested flow ${id} is gone`);
    }
    return wrong;
  }
}

/** A flow as it was found. */
interface FoundFlow {
  readonly label: string | undefined;
  /** Only a file that is taken in says one. */
  readonly status: string | undefined;
  readonly tags: Tags | undefined;
  readonly codec: string | undefined;
  /** The flows that it collects. */
  readonly members: readonly string[];
  readonly segments: readonly WrittenSegment[];
}

/** What is in a store. */
export interface FoundStore {
  readonly flows: ReadonlyMap<string, FoundFlow>;
  /** The ids of all objects that segments refer to, which were read. */
  readonly objectIds: ReadonlySet<string>;
}

/** Reads all that is in a store, each byte of it; fails where something cannot be read. */
export async function readStore(store: FlowStore): Promise<FoundStore> {
  const flows = new Map<string, FoundFlow>();
  const objectIds = new Set<string>();
  for (const flow of await listAllFlows(store)) {
    const { id, label, status, tags, codec, flow_collection = [] } = flow;
    const members = flow_collection.map((item) => item.id);
    const segments = [];
    for (const segment of await listAllSegments(store, id)) {
      const { object_id, timerange, init_object: init } = segment;
      if (init !== undefined && !objectIds.has(init.object_id)) {
        objectIds.add(init.object_id);
        await store.readObject(init.object_id);
      }
      objectIds.add(object_id);
      const bytes = await store.readObject(object_id);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      segments.push({ object_id, timerange, size: bytes.byteLength, sha256 });
    }
    flows.set(id, { label, status, tags, codec, members, segments });
  }
  return { flows, objectIds };
}

async function listAllFlows(store: FlowStore): Promise<Flow[]> {
  const all: Flow[] = [];
  let page: string | undefined;
  do {
    const found = await store.listFlows({}, toPage(page));
    all.push(...found.items);
    page = found.next;
  } while (page !== undefined);
  return all;
}

async function listAllSegments(
  store: FlowStore,
  id: string,
): Promise<Segment[]> {
  const all: Segment[] = [];
  let page: string | undefined;
  do {
    const found = await store.listSegments(id, {}, toPage(page));
    all.push(...found.items);
    page = found.next;
  } while (page !== undefined);
  return all;
}

function toKey({ object_id, timerange, size, sha256 }: WrittenSegment): string {
  return [timerange, object_id, size, sha256].join(" ");
}

function toPage(page: string | undefined): PageOptions {
  return { limit: 1000, ...(page !== undefined && { page }) };
}
