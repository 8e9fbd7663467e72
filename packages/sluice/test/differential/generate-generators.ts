import type { GeneratorProgram, Statement, Step } from "./program.ts";
import type { Random } from "./random.ts";

/** Where a statement stands, and so what it can be. */
interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
}

/** Makes the body of an async generator and the calls that are made on it. */
export function generateGenerator(random: Random): GeneratorProgram {
  return {
    kind: "generators",
    body: createBody(random, { depth: 4, inLoop: false }),
    steps: random.list(1 + random.below(8), () => createStep(random)),
  };
}

function createBody(random: Random, place: Place): Statement[] {
  return random.list(1 + random.below(3), () => createStatement(random, place));
}

function createStatement(random: Random, place: Place): Statement {
  const choice = random.pick({
    yield: 8,
    log: 1,
    pause: 2,
    raise: 1,
    return: 0.7,
    ...(place.inLoop && { break: 1, continue: 1 }),
    ...(place.depth > 0 && { try: 7, loop: 2 }),
  });
  switch (choice) {
    case "yield":
      return { do: choice, value: random.below(100) };
    case "log":
      return { do: choice, id: random.below(100) };
    case "try":
      return createTry(random, { ...place, depth: place.depth - 1 });
    case "loop": {
      const inside = { depth: place.depth - 1, inLoop: true };
      const times = 1 + random.below(3);
      return { do: choice, times, body: createBody(random, inside) };
    }
    case "pause":
    case "raise":
    case "return":
    case "break":
    case "continue":
      return { do: choice };
  }
}

function createTry(random: Random, place: Place): Statement {
  const parts = random.pick({ handler: 1, cleanup: 1, both: 1 });
  return {
    do: "try",
    body: createBody(random, place),
    ...(parts !== "cleanup" && { handler: createBody(random, place) }),
    ...(parts !== "handler" && { cleanup: createBody(random, place) }),
  };
}

function createStep(random: Random): Step {
  const call = random.pick({ asend: 6, anext: 4, athrow: 3, aclose: 1 });
  return call === "asend" && random.chance(0.8)
    ? { call, value: random.below(100) }
    : { call };
}
