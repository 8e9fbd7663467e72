import type { CommandIo } from "./command-io.ts";

/** What every command can be told. */
export interface SharedOptions {
  /** The store's URL. */
  readonly store: string;
  /** Whether a program reads what is written. */
  readonly json: boolean;
  /** Whether errors are told in full. */
  readonly verbose: boolean;
}

/** What a command works with. */
export interface CommandContext extends SharedOptions {
  readonly io: CommandIo;
}

/** What a command does; gives the number to exit with, 0 by default. */
export type Work = (context: CommandContext) => Promise<number | undefined>;

/** Takes down what is to be done, once the words are understood. */
export type Plan = (work: Work) => void;
