/**
 * A program that both interpreters run: data, which goes to Python as JSON.
 *
 * Errors have no names here. They are named as they are made: E1, E2, and so on.
 */
export type Program = BlockProgram | GeneratorProgram;

/** Blocks, without exit stacks (`blocks`) or with them (`stacks`). */
export interface BlockProgram {
  readonly kind: "blocks" | "stacks";
  readonly body: Node;
}

/** The body of an async generator, and what is done with the generator. */
export interface GeneratorProgram {
  readonly kind: "generators";
  readonly body: readonly Statement[];
  readonly steps: readonly Step[];
}

/** A part of a program of blocks; each gives a value, or none. */
export type Node =
  | { readonly do: "value"; readonly value: number }
  | { readonly do: "pause" }
  | { readonly do: "raise" }
  /** Raises an error that was seen before: the one of this number, counted round. */
  | { readonly do: "again"; readonly index: number }
  | { readonly do: "sequence"; readonly nodes: readonly Node[] }
  /** Goes on after an error. */
  | { readonly do: "try"; readonly body: Node }
  | {
      readonly do: "block";
      readonly async: boolean;
      readonly manager: Manager;
      readonly body: Node;
    }
  | { readonly do: "stack"; readonly async: boolean; readonly body: Node }
  | StackNode;

/** What is done with the stack that the program is in. */
export type StackNode =
  | { readonly do: "enter"; readonly manager: Manager }
  /** Registers the exit of a manager that is entered by hand. */
  | { readonly do: "pushManager"; readonly manager: Manager }
  | { readonly do: "push"; readonly exit: Exit }
  | { readonly do: "callback"; readonly exit: Exit }
  | {
      readonly do: "popAll";
      readonly then: "leave" | "close" | "drop";
      /** What is run in the stack that was popped, if it is left as a block. */
      readonly body: Node;
    }
  | { readonly do: "close" };

/** An exit: a manager's, or one that is registered by itself. */
export interface Exit {
  readonly id: string;
  readonly async: boolean;
  /** What it runs before it acts. */
  readonly inner?: Node;
  /** What it does after a block that ended well. */
  readonly ok: OkAct;
  /** What it does after a block that failed. */
  readonly error: ErrorAct;
}

/** A context manager: a class, or a generator with `except` or with `finally`. */
export interface Manager extends Exit {
  readonly form: "class" | "catch" | "finally";
  readonly enter: "ok" | "raise" | "neverYield";
  /** What a generator that yielded again does when it is closed. */
  readonly close: "end" | "raise" | "yield";
}

/** `suppress` answers true: here there is nothing to suppress. */
export type OkAct = "pass" | "suppress" | "raise" | "yieldAgain";

/** Managers of the form `finally` suppress by returning. */
export type ErrorAct =
  | OkAct
  | "raiseSame"
  | "raiseFrom"
  | "raiseFromNone"
  /** Yields inside its `except`. */
  | "yieldInHandler";

/** A statement of a generator's body. */
export type Statement =
  | { readonly do: "yield"; readonly value: number }
  | { readonly do: "log"; readonly id: number }
  | { readonly do: "pause" | "raise" | "return" | "break" | "continue" }
  | {
      readonly do: "try";
      readonly body: readonly Statement[];
      readonly handler?: readonly Statement[];
      readonly cleanup?: readonly Statement[];
    }
  | {
      readonly do: "loop";
      readonly times: number;
      readonly body: readonly Statement[];
    };

/** A call on a generator; with no value, `asend` sends nothing. */
export type Step =
  | { readonly call: "asend"; readonly value?: number }
  | { readonly call: "anext" | "athrow" | "aclose" };

/** What a program did. */
export interface Result {
  readonly log: readonly string[];
  /** How it ended: `value 1`, `absent`, `error E1`. */
  readonly outcome: string;
  /** Of each error that was caught, and of the one that came out: its context. */
  readonly chains: readonly Chain[];
}

/** An error, its context, the context of that, and so on. */
export type Chain = readonly Link[];

/** The names of an error and of the cause that is shown for it. */
export interface Link {
  readonly error: string;
  readonly cause: string | null;
}
