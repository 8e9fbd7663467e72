import { SingleBar } from "cli-progress";
import { contextManager } from "sluice";
import type { CommandContext } from "../work.ts";

/** Shows how far something is. */
export interface Progress {
  /** Shows that it is so far, and what a person may want to know besides. */
  readonly tell: (done: number, note: string) => void;
}

/** What is shown of something. */
export interface ProgressOptions {
  /** What is done, as the first word of the line. */
  readonly title: string;
  /** How far it goes; without it there is no bar, only what was done. */
  readonly total?: number | undefined;
}

const silent: Progress = { tell: () => undefined };

/**
 * Shows how far something is, on standard error, while its block lasts; nothing where no
 * person looks at that, or a program reads what is written.
 */
export const progress = contextManager(
  function* (
    { io, json }: CommandContext,
    { title, total }: ProgressOptions,
  ): Generator<Progress, void, void> {
    if (json || io.stderr.isTTY !== true) {
      yield silent;
      return;
    }
    const format =
      total === undefined
        ? `${title}  {value}  {note}`
        : `${title}  {bar} {percentage}%  {note}`;
    const bar = new SingleBar({
      stream: io.stderr,
      format,
      hideCursor: true,
      clearOnComplete: true,
      barsize: 30,
      fps: 10,
      barCompleteChar: "#",
      barIncompleteChar: ".",
    });
    bar.start(total ?? 0, 0, { note: "" });
    try {
      yield {
        tell: (done, note) => {
          bar.update(done, { note });
        },
      };
    } finally {
      bar.stop();
    }
  },
  { suppresses: false },
);
