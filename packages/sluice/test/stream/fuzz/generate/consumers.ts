import type { Act, Branch, Consumer, Header } from "../program.ts";
import type { Frame } from "./frame.ts";
import { generateSteps } from "./pipelines.ts";

/** Makes what reads the stream. */
export function generateConsumer(frame: Frame): Consumer {
  const { kind, random } = frame;
  if (kind === "merge") return { by: "for await", waits: frame.waits() };
  if (kind === "tee") {
    const branches = random.list(1 + random.below(3), () =>
      generateBranch(frame),
    );
    return { by: "tee", branches };
  }
  const by = random.pick({
    loop: 8,
    web: 1,
    sink: 7,
    calls: frame.isLinear ? 6 : 0,
  });
  switch (by) {
    case "loop":
      return generateLoop(frame, "for await");
    case "web":
      return generateLoop(frame, "web");
    case "sink":
      return generateSink(frame);
    case "calls":
      return { by: "calls" };
  }
}

function generateLoop(frame: Frame, by: "for await" | "web"): Consumer {
  const { random } = frame;
  const waits = random.chance(0.5) ? [] : frame.waits();
  if (random.chance(0.5)) return { by, waits };
  const how = random.pick({ break: 3, return: 1, throw: 2 });
  const stop = { at: 1 + random.below(4), how, error: frame.error() };
  return { by, waits, stop };
}

function generateSink(frame: Frame): Branch["consumer"] {
  const { random } = frame;
  const by = random.pick({
    toArray: 4,
    forEach: 2,
    reduce: 2,
    find: 2,
    some: 1,
    every: 1,
  });
  switch (by) {
    case "toArray":
      return { by };
    case "reduce": {
      const initial = random.chance(0.5) ? { initial: random.below(10) } : {};
      return { by, callback: frame.callback(), ...initial };
    }
    case "forEach":
    case "find":
    case "some":
    case "every":
      return { by, callback: frame.callback() };
  }
}

function generateBranch(frame: Frame): Branch {
  return {
    steps: generateSteps(frame, 2, 1),
    consumer: generateSink(frame),
  };
}

/** Makes what is read before the rest is handed on. */
export function generateHeader(frame: Frame): Header {
  const { random } = frame;
  const by = random.pick({ next: 1, borrow: 1 });
  return {
    by,
    count: random.below(by === "next" ? 3 : 4),
    view: by === "borrow" ? generateSteps(frame, 2, 1) : [],
    steps: generateSteps(frame, 2, 1),
  };
}

/** Makes what is done with the stream from outside, whenever nothing goes on. */
export function generateActs(frame: Frame, consumer: Consumer): Act[] {
  const { random } = frame;
  if (!frame.isLinear) return [];
  if (consumer.by === "calls") {
    return random.list(1 + random.below(6), () => generateCall(frame));
  }
  if (random.chance(0.5)) return [];
  return random.list(1 + random.below(4), () =>
    random.pick<Exclude<Act, number>>({
      release: 6,
      return: 2,
      throw: 1,
      dispose: 1,
      // What a signal aborts is the stream that has it.
      abort: consumer.by === "web" || consumer.by === "tee" ? 0 : 2,
    }),
  );
}

function generateCall(frame: Frame): Act {
  const { random } = frame;
  if (random.chance(0.6)) return 1 + random.below(3);
  return random.pick<Exclude<Act, number>>({
    release: 6,
    return: 3,
    throw: 1,
    dispose: 1,
    abort: 1,
  });
}
