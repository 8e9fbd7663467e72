/** What goes on in a stream, as far as it is ours to know. */
export interface Activity {
  /** Whether somebody has closed it. */
  isClosed: boolean;
  /** How many callbacks are under way. */
  running: number;
  /** Closes the stream from inside. */
  leave: () => void;
}
