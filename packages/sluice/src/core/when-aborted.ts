type Call = (reason: unknown) => void;

// One listener for each signal, however many calls wait on it: platforms warn of more than
// ten. It is taken off with the last call.
const calls = new WeakMap<AbortSignal, Set<Call>>();

/**
 * Calls a function when a signal aborts; at once, if it is aborted already.
 *
 * @param signal Nothing is ever called if it is absent.
 * @param call Is given the signal's reason. It must not throw.
 * @returns A function that takes it off the signal.
 */
export function whenAborted(
  signal: AbortSignal | undefined,
  call: Call,
): () => void {
  if (signal === undefined) return ignore;
  if (signal.aborted) {
    call(signal.reason);
    return ignore;
  }
  const waiting = calls.get(signal) ?? listen(signal);
  waiting.add(call);
  return () => {
    if (!waiting.delete(call) || waiting.size > 0) return;
    calls.delete(signal);
    signal.removeEventListener("abort", onAbort);
  };
}

/**
 * Calls a function when any of several signals aborts, as `whenAborted` does for one. It is
 * to take itself off the others then.
 */
export function whenAnyAborted(
  signals: readonly AbortSignal[],
  call: Call,
): () => void {
  const aborted = signals.find((signal) => signal.aborted);
  // Where one has aborted, nothing is to be left on the others.
  const stops = (aborted ? [aborted] : signals).map((signal) =>
    whenAborted(signal, call),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

function listen(signal: AbortSignal): Set<Call> {
  const waiting = new Set<Call>();
  // First, as what is no signal fails here.
  signal.addEventListener("abort", onAbort, { once: true });
  calls.set(signal, waiting);
  return waiting;
}

function onAbort(this: AbortSignal): void {
  const waiting = calls.get(this);
  calls.delete(this);
  waiting?.forEach((call) => {
    call(this.reason);
  });
}

function ignore(): void {
  // Nothing is on the signal.
}
