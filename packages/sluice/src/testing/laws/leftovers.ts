/** As much of a platform as tells what nobody handles. */
interface Platform {
  readonly process?: {
    on?(event: "unhandledRejection", listener: NodeListener): unknown;
    off?(event: "unhandledRejection", listener: NodeListener): unknown;
  };
  addEventListener?(type: "unhandledrejection", listener: WebListener): void;
  removeEventListener?(type: "unhandledrejection", listener: WebListener): void;
}

type NodeListener = (reason: unknown) => void;
type WebListener = (event: Event & { readonly reason: unknown }) => void;

/** The rejections that nobody handles, until it is stopped. */
export interface RejectionWatch {
  readonly reasons: readonly unknown[];
  readonly stop: () => void;
}

/** Watches out for rejections that nobody handles. */
export function watchRejections(): RejectionWatch {
  const platform = globalThis as Platform;
  const { process } = platform;
  const reasons: unknown[] = [];
  function note(reason: unknown): void {
    reasons.push(reason);
  }
  function noteEvent(event: Event & { readonly reason: unknown }): void {
    event.preventDefault();
    note(event.reason);
  }
  if (process?.on === undefined) {
    platform.addEventListener?.("unhandledrejection", noteEvent);
  } else {
    process.on("unhandledRejection", note);
  }
  return {
    reasons,
    stop: () => {
      process?.off?.("unhandledRejection", note);
      platform.removeEventListener?.("unhandledrejection", noteEvent);
    },
  };
}

/** A signal that knows its listeners, and what aborts it. */
export interface WatchedSignal {
  readonly controller: AbortController;
  /** How many listeners are left; none, once it has aborted. */
  readonly countListeners: () => number;
}

/** Makes a signal that knows its listeners. */
export function createWatchedSignal(): WatchedSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (
    ...[type, listener, options]: Parameters<typeof add>
  ): void => {
    listeners.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (
    ...[type, listener, options]: Parameters<typeof remove>
  ): void => {
    listeners.delete(listener);
    remove(type, listener, options);
  };
  return {
    controller,
    countListeners: () => (signal.aborted ? 0 : listeners.size),
  };
}
