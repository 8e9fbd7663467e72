import {
  asyncEnter,
  AsyncExitStack,
  asyncWith,
  enter,
  ExitStack,
  syncWith,
  type ExitFunction,
  type Outcome,
} from "sluice";
import { Ledger } from "./ledger.ts";
import { createAsyncManager, createManager, type Site } from "./managers.ts";
import type {
  BlockProgram,
  ErrorAct,
  Exit,
  Manager,
  Node,
  Result,
  StackNode,
} from "./program.ts";
import { drive, runAtOnce, wait, type Run, type Value } from "./run.ts";

type Stack = AsyncExitStack | ExitStack;
type Part<K extends Node["do"]> = Extract<Node, { do: K }>;

/** Runs a program of blocks and exit stacks with the library. */
export async function interpretBlocks(program: BlockProgram): Promise<Result> {
  const ledger = new Ledger();
  let outcome;
  try {
    const part = new BlockInterpreter(ledger, undefined).run(program.body);
    const value = await drive(part);
    outcome = value === undefined ? "absent" : `value ${value}`;
  } catch (error) {
    outcome = `error ${ledger.see(error)}`;
    ledger.keepChain(error);
  }
  return { log: ledger.log, outcome, chains: ledger.chains };
}

/** Runs the nodes that stand in one stack, or in none. */
class BlockInterpreter {
  readonly #ledger: Ledger;
  readonly #stack: Stack | undefined;
  readonly #site: Site;

  constructor(ledger: Ledger, stack: Stack | undefined) {
    this.#ledger = ledger;
    this.#stack = stack;
    const leave = (exit: Exit, outcome: Outcome) => this.#leave(exit, outcome);
    this.#site = { ledger, leave };
  }

  *run(node: Node): Run {
    switch (node.do) {
      case "value":
        return node.value;
      case "pause":
        yield* wait(Promise.resolve());
        return "paused";
      case "raise":
        throw this.#ledger.create();
      case "again":
        throw this.#ledger.again(node.index);
      case "sequence":
        return yield* this.#runSequence(node);
      case "try":
        return yield* this.#runTry(node);
      case "block":
        return yield* this.#runBlock(node);
      case "stack": {
        const stack = node.async ? new AsyncExitStack() : new ExitStack();
        const value = yield* this.#leaveStack(stack, node.body);
        this.#ledger.note(`left stack: ${show(value)}`);
        return value;
      }
      case "enter":
      case "pushManager":
      case "push":
      case "callback":
      case "popAll":
      case "close":
        return yield* this.#runStackNode(node);
    }
  }

  *#runSequence({ nodes }: Part<"sequence">): Run {
    let value: Value;
    for (const part of nodes) value = yield* this.run(part);
    return value;
  }

  *#runTry({ body }: Part<"try">): Run {
    try {
      return yield* this.run(body);
    } catch (error) {
      this.#ledger.caught(error);
      return "caught";
    }
  }

  *#runBlock({ async, manager, body }: Part<"block">): Run {
    const run = (id: string) => this.#runBody(id, body);
    const value = async
      ? yield* wait(
          asyncWith(createAsyncManager(manager, this.#site), (id) =>
            drive(run(id)),
          ),
        )
      : syncWith(createManager(manager, this.#site), (id) =>
          runAtOnce(run(id)),
        );
    this.#ledger.note(`left block: ${show(value)}`);
    return value;
  }

  *#runBody(id: string, body: Node): Run {
    this.#ledger.note(`in ${id}`);
    return yield* this.run(body);
  }

  *#leaveStack(stack: Stack, body: Node): Run {
    const inside = new BlockInterpreter(this.#ledger, stack);
    return stack instanceof AsyncExitStack
      ? yield* wait(asyncWith(stack, () => drive(inside.run(body))))
      : syncWith(stack, () => runAtOnce(inside.run(body)));
  }

  *#runStackNode(node: StackNode): Run {
    const stack = this.#stack;
    if (stack === undefined)
      throw new Error(`Cannot run ${node.do}: there is no stack`);
    switch (node.do) {
      case "enter":
        return yield* this.#enter(stack, node.manager);
      case "pushManager":
        yield* this.#pushManager(stack, node.manager);
        return "pushed";
      case "push":
        stack.push(this.#createExit(node.exit));
        return "pushed";
      case "callback":
        stack.callback(this.#createCallback(node.exit), node.exit.id);
        return "pushed";
      case "popAll":
        return yield* this.#popAll(stack, node);
      case "close":
        yield* close(stack);
        return "closed";
    }
  }

  *#enter(stack: Stack, spec: Manager): Run {
    if (stack instanceof ExitStack)
      return stack.enter(createManager(spec, this.#site));
    return yield* wait(
      stack.enter(
        spec.async
          ? createAsyncManager(spec, this.#site)
          : createManager(spec, this.#site),
      ),
    );
  }

  *#pushManager(stack: Stack, spec: Manager): Run<void> {
    if (spec.async) {
      const manager = createAsyncManager(spec, this.#site);
      yield* wait(Promise.resolve(manager[asyncEnter]()));
      stack.push(manager);
    } else {
      const manager = createManager(spec, this.#site);
      manager[enter]();
      stack.push(manager);
    }
  }

  #createExit(spec: Exit): ExitFunction {
    const leave = (outcome: Outcome) => this.#leave(spec, outcome);
    return spec.async
      ? async (outcome) => (await drive(leave(outcome))) === "suppress"
      : (outcome) => runAtOnce(leave(outcome)) === "suppress";
  }

  #createCallback(spec: Exit): (argument: string) => unknown {
    const exit = this.#createExit(spec);
    return (argument) => {
      this.#ledger.note(`argument ${argument}`);
      return exit({ status: "ok" });
    };
  }

  *#popAll(stack: Stack, { then, body }: Part<"popAll">): Run {
    const popped = stack.popAll();
    if (then === "leave") return yield* this.#leaveStack(popped, body);
    if (then === "close") yield* close(popped);
    return "popped";
  }

  /** Does what an exit does; gives the act that is left to do. */
  *#leave(spec: Exit, outcome: Outcome): Run<ErrorAct> {
    const ledger = this.#ledger;
    const told = outcome.status === "error" ? ledger.see(outcome.error) : "ok";
    ledger.note(`exit ${spec.id} ${told}`);
    const outside = ledger.cuts;
    if (outcome.status === "error")
      ledger.cuts = new Set([...outside, outcome.error]);
    try {
      if (spec.async) yield* wait(Promise.resolve());
      if (spec.inner !== undefined) yield* this.run(spec.inner);
      return this.#act(spec, outcome);
    } finally {
      ledger.cuts = outside;
    }
  }

  #act(spec: Exit, outcome: Outcome): ErrorAct {
    const failed = outcome.status === "error";
    const act = failed ? spec.error : spec.ok;
    if (act === "raise") throw this.#ledger.create();
    if (!failed) return act;
    const { error } = outcome;
    if (act === "raiseSame") throw error;
    if (act === "raiseFrom") throw this.#ledger.create({ cause: error });
    if (act === "raiseFromNone")
      throw this.#ledger.create({ cause: undefined });
    return act;
  }
}

function* close(stack: Stack): Run<void> {
  if (stack instanceof AsyncExitStack) yield* wait(stack.aclose());
  else stack.close();
}

function show(value: Value): string {
  return value === undefined ? "absent" : `${value}`;
}
