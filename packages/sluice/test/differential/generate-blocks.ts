import type {
  BlockProgram,
  ErrorAct,
  Exit,
  Manager,
  Node,
  OkAct,
} from "./program.ts";
import type { Random } from "./random.ts";

/** Where a node stands, and so what it can be. */
interface Place {
  /** How deep the program may yet become. */
  readonly depth: number;
  readonly async: boolean;
  /** The stack around it, if there is one. */
  readonly stack: "async" | "sync" | "none";
  /** Whether it is run by an exit. */
  readonly inExit: boolean;
  /** Whether it ends its sequence: an error before the end loses the rest. */
  readonly isLast: boolean;
}

type Weights<K extends string> = Partial<Record<K, number>>;

/** Makes a program of nested and sequenced blocks, with exit stacks or without. */
export function generateBlocks(
  random: Random,
  kind: BlockProgram["kind"],
): BlockProgram {
  const generator = new BlockGenerator(random, kind);
  const body = generator.createRoot({
    depth: 5,
    async: true,
    stack: "none",
    inExit: false,
    isLast: true,
  });
  return { kind, body };
}

class BlockGenerator {
  readonly #random: Random;
  readonly #kind: BlockProgram["kind"];
  #exits = 0;
  #size = 0;

  constructor(random: Random, kind: BlockProgram["kind"]) {
    this.#random = random;
    this.#kind = kind;
  }

  createRoot(place: Place): Node {
    const create = () =>
      this.#kind === "stacks"
        ? this.#createStack(place)
        : this.#createBlock(place);
    const nodes = this.#random.list(1 + this.#random.below(3), () => {
      const body = create();
      return this.#random.chance(0.7) ? ({ do: "try", body } as const) : body;
    });
    return { do: "sequence", nodes };
  }

  #createNode(place: Place): Node {
    const random = this.#random;
    this.#size++;
    const leaf = place.depth <= 0 || this.#size > 40;
    const choice = random.pick({
      value: 3,
      raise: place.isLast ? 5 : 0.4,
      ...(place.async && { pause: 1 }),
      ...(this.#kind === "blocks" && { again: place.isLast ? 2 : 0.2 }),
      ...(place.stack !== "none" && { stackNode: place.inExit ? 1 : 6 }),
      ...(!leaf && this.#weighParts(place)),
    } satisfies Weights<string>);
    const deeper = { ...place, depth: place.depth - 1 };
    switch (choice) {
      case "value":
        return { do: "value", value: random.below(10) };
      case "again":
        return { do: "again", index: random.below(6) };
      case "raise":
      case "pause":
        return { do: choice };
      case "sequence":
        return this.#createSequence(deeper);
      case "try":
        return {
          do: "try",
          body: this.#createNode({ ...deeper, isLast: true }),
        };
      case "block":
        return this.#createBlock(deeper);
      case "stack":
        return this.#createStack(deeper);
      case "stackNode":
        return this.#createStackNode(deeper);
    }
  }

  /** Of parts that have parts. */
  #weighParts(place: Place) {
    const stacks = this.#kind === "stacks";
    return {
      sequence: place.stack === "none" ? 3 : 6,
      try: 2,
      block: stacks ? 2 : 6,
      ...(stacks && { stack: place.inExit ? 0.3 : 1 }),
    };
  }

  #createSequence(place: Place): Node {
    const length = 2 + this.#random.below(place.stack === "none" ? 2 : 4);
    const nodes = this.#random.list(length, (index) =>
      this.#createNode({
        ...place,
        isLast: place.isLast && index === length - 1,
      }),
    );
    return { do: "sequence", nodes };
  }

  #createBlock(place: Place): Node {
    const random = this.#random;
    const async = place.async && random.chance(0.6);
    const inside = {
      ...place,
      async,
      // Its manager may suppress the error.
      isLast: place.isLast || random.chance(0.5),
      depth: place.depth - 1,
    };
    const manager = this.#createManager(inside);
    const nests = inside.depth > 0 && random.chance(0.3);
    const body = nests ? this.#createBlock(inside) : this.#createNode(inside);
    return { do: "block", async, manager, body };
  }

  #createStack(place: Place): Node {
    const async = place.async && this.#random.chance(0.7);
    const stack = async ? "async" : "sync";
    const body = this.#createSequence({
      ...place,
      async,
      stack,
      depth: place.depth - 1,
    });
    return { do: "stack", async, body };
  }

  #createStackNode(place: Place): Node {
    const random = this.#random;
    const mixed = { ...place, async: place.async && random.chance(0.7) };
    // A sync part cannot wait for an async stack.
    const reaches = place.async || place.stack === "sync";
    const choice = random.pick({
      pushManager: 1,
      push: 4,
      callback: 3,
      popAll: 0.7,
      ...(reaches && { enter: 5, close: 0.5 }),
    });
    switch (choice) {
      case "enter":
      case "pushManager":
        return { do: choice, manager: this.#createManager(mixed) };
      case "push":
      case "callback":
        return { do: choice, exit: this.#createExit(mixed, {}, {}) };
      case "popAll": {
        const then = random.pick({
          drop: 1,
          ...(reaches && { leave: 2, close: 1 }),
        });
        return { do: choice, then, body: this.#createNode(place) };
      }
      case "close":
        return { do: choice };
    }
  }

  #createManager(place: Place): Manager {
    const random = this.#random;
    const form = random.pick({ class: 3, catch: 4, finally: 2 });
    const again = form === "catch";
    const exit = this.#createExit(
      place,
      again ? { yieldAgain: 1 } : {},
      again ? { yieldAgain: 1, yieldInHandler: 1 } : {},
    );
    const enter = random.pick({
      ok: 12,
      raise: 1,
      ...(form !== "class" && { neverYield: 1 }),
    });
    const close = random.pick({ end: 2, raise: 1, yield: 1 });
    return { ...exit, form, enter, close };
  }

  #createExit(
    place: Place,
    okActs: Weights<OkAct>,
    errorActs: Weights<ErrorAct>,
  ): Exit {
    const random = this.#random;
    const inside = {
      ...place,
      inExit: true,
      isLast: true,
      depth: place.depth - 2,
    };
    const runs = inside.depth > 0 && random.chance(0.3);
    return {
      id: `x${++this.#exits}`,
      async: place.async,
      ...(runs && { inner: this.#createNode(inside) }),
      ok: random.pick({ pass: 6, suppress: 1, raise: 2, ...okActs }),
      error: random.pick({
        pass: 4,
        suppress: 2,
        raise: 4,
        raiseSame: 2,
        raiseFrom: 1,
        raiseFromNone: 1,
        ...errorActs,
      }),
    };
  }
}
