import type { Semaphore } from "../../task/semaphore.ts";
import { CursorSource } from "../engine/base-cursor.ts";
import { openCursor } from "../engine/open-cursor.ts";
import type { CallContext, Callback } from "../engine/step.ts";
import { checkInner } from "../transform/flat-map.ts";
import { OnClose } from "../transform/on-close.ts";

/** Holds a permit from before a callback is called until what it gave is closed. */
export function holdPermits(
  callback: Callback,
  semaphore: Semaphore,
): Callback {
  return async (item, context) => {
    // It is what every callback is told.
    const { signal } = context as CallContext;
    const permit = semaphore.tryAcquire() ?? (await semaphore.acquire(signal));
    try {
      const source = await callback(item, context);
      checkInner(source, { isStopped: signal.aborted });
      return new CursorSource(
        (settings) =>
          new OnClose(
            { settings, open: () => openCursor(source, settings) },
            () => {
              permit.release();
            },
            false,
          ),
      );
    } catch (error) {
      permit.release();
      throw error;
    }
  };
}
