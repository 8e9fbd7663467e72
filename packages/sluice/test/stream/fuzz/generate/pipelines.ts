import type {
  Callback,
  Inner,
  JointSource,
  Pipeline,
  Source,
  Step,
} from "../program.ts";
import type { Frame } from "./frame.ts";
import { generateSource } from "./sources.ts";

type Weights = Readonly<Partial<Record<Step["do"], number>>>;

/** Steps that are through with an item within one call. */
const SYNCHRONOUS = {
  map: 6,
  filter: 5,
  tap: 2,
  take: 4,
  drop: 2,
  takeWhile: 2,
  dropWhile: 2,
  scan: 2,
  indexed: 1,
  chunks: 2,
  windows: 1,
  flatMap: 5,
} as const;
const LINEAR = { ...SYNCHRONOUS, catch: 3, onClose: 3 } as const;
const BUFFERED = { ...LINEAR, buffered: 12 } as const;
/** Steps that need not know the order of the items. */
const UNORDERED = { map: 3, filter: 3, tap: 1 } as const;

/** Makes a pipeline; one inside another is smaller. */
export function generatePipeline(frame: Frame, depth: number): Pipeline {
  const source = generateAnySource(frame, depth);
  const most = depth === 0 ? 5 : 2;
  return { source, steps: generateSteps(frame, most, depth) };
}

/** Makes at most as many steps. */
export function generateSteps(
  frame: Frame,
  most: number,
  depth: number,
): Step[] {
  const { random } = frame;
  const weights = chooseWeights(frame, depth);
  return random.list(random.below(most + 1), () =>
    generateStep(frame, weights, depth),
  );
}

function chooseWeights(frame: Frame, depth: number): Weights {
  if (frame.isSynchronous) return SYNCHRONOUS;
  if (frame.kind === "buffered") return BUFFERED;
  return frame.kind === "merge" && depth === 0 ? UNORDERED : LINEAR;
}

function generateAnySource(frame: Frame, depth: number): Source {
  const { random, kind } = frame;
  if (depth === 0 && (kind === "zip" || kind === "merge")) {
    return generateJoint(frame, kind, depth);
  }
  const isShallow = depth < 2 && !frame.isSynchronous;
  const is = random.pick({
    plain: 14,
    nested: isShallow ? 1 : 0,
    lazily: isShallow ? 1 : 0,
    concat: isShallow ? 1.5 : 0,
    zip: isShallow && kind === "linear" ? 1 : 0,
  });
  switch (is) {
    case "plain":
      return generateSource(frame, depth > 0);
    case "nested":
    case "lazily":
      return { is, pipeline: generatePipeline(frame, depth + 1) };
    case "concat":
    case "zip":
      return generateJoint(frame, is, depth);
  }
}

function generateJoint(
  frame: Frame,
  is: JointSource["is"],
  depth: number,
): JointSource {
  const { random } = frame;
  const makeParts = (): Pipeline[] =>
    random.list(1 + random.below(3), () => generatePipeline(frame, depth + 1));
  if (is !== "zip") return { is, parts: makeParts() };
  const mode = random.pick({ shortest: 3, longest: 2, strict: 1 });
  // All are asked at once: one comes after the other only where none has to wait.
  const restrictions = frame.isLinear
    ? ({ isSynchronous: true, isSound: true } as const)
    : ({ isSound: true } as const);
  return { is, parts: frame.within(restrictions, makeParts), mode };
}

function generateStep(frame: Frame, weights: Weights, depth: number): Step {
  const { random } = frame;
  const kind = random.pick(weights);
  switch (kind) {
    case "map":
    case "filter":
    case "tap":
    case "takeWhile":
    case "dropWhile":
      return { do: kind, callback: frame.callback() };
    case "take":
    case "drop":
      return { do: kind, count: random.below(5) };
    case "chunks":
    case "windows":
    case "buffered":
      return { do: kind, size: 1 + random.below(3) };
    case "indexed":
      return { do: kind };
    case "scan": {
      const initial = random.chance(0.5) ? { initial: random.below(10) } : {};
      return { do: kind, callback: frame.callback(), ...initial };
    }
    case "flatMap":
    case "catch": {
      const inners = random.list(1 + random.below(3), () =>
        generateInner(frame, depth, kind === "catch"),
      );
      return { do: kind, callback: frame.callback(), inners };
    }
    case "onClose": {
      const hook = generateHook(frame);
      // Where a callback leaves the stream, such a hook runs beside the callback.
      if (!random.chance(0.4) || frame.kind === "inside")
        return { do: kind, callback: hook };
      // While it waited at a gate, what is to be closed after it would go on.
      const waits = hook.waits.map((wait) => (wait === "gate" ? 1 : wait));
      return { do: kind, callback: { ...hook, waits }, before: true };
    }
  }
}

/** What a hook is told, and whether anybody hears of its failure, is said in linear ones. */
function generateHook(frame: Frame): Callback {
  return frame.isLinear
    ? frame.callback()
    : frame.within({ isSound: true }, () => frame.callback());
}

function generateInner(frame: Frame, depth: number, mayEnd: boolean): Inner {
  const { random } = frame;
  if (mayEnd && random.chance(0.3)) return { odd: "nothing" };
  if (!frame.faults(0.05)) {
    return { pipeline: generatePipeline(frame, depth + 1) };
  }
  const odd = random.pick({
    nothing: 1,
    number: 1,
    null: 1,
    string: 1,
    object: 1,
  });
  return { odd };
}
