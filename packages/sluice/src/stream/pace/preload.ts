import { openCursor } from "../engine/open-cursor.ts";
import type { Settings } from "../engine/settings.ts";
import { Concurrent } from "./concurrent.ts";

/** Loads one source ahead, from now on, by one item. */
export function preload(source: unknown, settings: Settings): Concurrent {
  const concurrent = new Concurrent(
    { settings, open: () => openCursor(source, settings) },
    undefined,
    { limit: 1, semaphores: [], ordered: true },
  );
  concurrent.fill();
  return concurrent;
}
