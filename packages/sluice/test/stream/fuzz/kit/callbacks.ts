import type { Callback, Fault } from "../program.ts";
import type { Activity } from "./activity.ts";
import type { Errors } from "./errors.ts";
import type { Means } from "./iterators.ts";
import type { Notes } from "./record.ts";
import type { Show } from "./show.ts";
import type { Waits } from "./waits.ts";

/** How a function behaves besides what it answers. */
export type CallbackBehaviour = Partial<
  Pick<Callback, "waits" | "fault" | "leaves" | "thenable">
>;

/** What the library calls. */
export type Made = (...args: readonly unknown[]) => unknown;

/** What the library tells besides the items; a hook is told of neither. */
interface Context {
  readonly index?: number;
  readonly signal?: AbortSignal;
}

/** Makes functions for the library to call; every call is noted. */
export class Callbacks {
  readonly #notes: Notes;
  readonly #errors: Errors;
  readonly #waits: Waits;
  readonly #show: Show;
  readonly #activity: Activity;

  constructor(notes: Notes, means: Means, show: Show, activity: Activity) {
    this.#notes = notes;
    this.#errors = means.errors;
    this.#waits = means.waits;
    this.#show = show;
    this.#activity = activity;
  }

  /** Makes a function whose answer comes of what it is told and the number of the call. */
  create(
    name: string,
    answer: (values: readonly unknown[], call: number) => unknown,
    { waits = [], fault, leaves, thenable }: CallbackBehaviour = {},
  ): Made {
    let calls = 0;
    return (...args) => {
      const call = calls++;
      const { values, context } = split(args);
      const title = this.#enter(name, values, context);
      if (leaves === call) this.#activity.leave();
      const settle = (): unknown => {
        if (isAt(fault, values, call)) throw this.#errors.get(fault.error);
        return answer(values, call);
      };
      const wait = waits[call % waits.length] ?? null;
      if (wait === null) return settle();
      const { index } = context;
      this.#activity.running++;
      return this.#waits.later(
        wait,
        () => {
          this.#activity.running--;
          const aborted = context.signal?.aborted === true ? " aborted" : "";
          this.#notes.note(title + aborted);
          if (context.index !== index)
            this.#notes.breach(`${name} is told another index`);
          return settle();
        },
        thenable,
      );
    };
  }

  /** Notes a call; gives what is noted when it settles. */
  #enter(name: string, values: readonly unknown[], { index }: Context): string {
    const shown = values.map((value) => this.#show.value(value)).join(", ");
    const number = index === undefined ? "" : ` #${index}`;
    this.#notes.note(`${name}(${shown})${number}`);
    // Hooks are called then, and only those are told of no item's number.
    if (this.#activity.isClosed && index !== undefined)
      this.#notes.breach(`${name} is called after the stream was closed`);
    return `${name} settles${number}`;
  }
}

/** Whether a call is the one that fails. */
function isAt(
  fault: Fault | undefined,
  values: readonly unknown[],
  call: number,
): fault is Fault {
  if (fault === undefined) return false;
  return fault.at === (fault.byItem === true ? toNumber(values.at(-1)) : call);
}

function split(args: readonly unknown[]): {
  readonly values: readonly unknown[];
  readonly context: Context;
} {
  const last = args.at(-1);
  return typeof last === "object" && last !== null && "signal" in last
    ? { values: args.slice(0, -1), context: last as Context }
    : { values: args, context: {} };
}

/** Makes a number of any item. */
export function toNumber(value: unknown): number {
  if (typeof value === "number") return Number.isFinite(value) ? value : 3;
  if (!Array.isArray(value)) return value === undefined ? 0 : 1;
  return value.reduce<number>(
    (sum, each) => sum + toNumber(each),
    value.length,
  );
}

/** Answers a predicate can give, of which the first half are no. */
const answers: readonly unknown[] = [false, false, 0, "", true, true, 1, {}];

/** Answers yes or no, in one of their many forms. */
export function judge(value: unknown, rule: number): unknown {
  const number = toNumber(value) + rule;
  const isYes = number % 3 !== 0;
  return answers[(number % 4) + (isYes ? 4 : 0)];
}
