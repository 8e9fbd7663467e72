/** Where a command writes to: a stream of a process, or one of a test. */
export type OutputStream = NodeJS.WritableStream & {
  /** Whether a person looks at it. */
  readonly isTTY?: boolean | undefined;
};

/** What a command has of the process that it runs in. */
export interface CommandIo {
  /** What was asked for goes there. */
  readonly stdout: OutputStream;
  /** Progress and errors go there. */
  readonly stderr: OutputStream;
  /** The environment's variables; none by default. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Ends the command, with its reason. */
  readonly signal: AbortSignal;
}
