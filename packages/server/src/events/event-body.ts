import type { DueEvent } from "@sluice/store";
import { resolveMediaUrl } from "../media/resolve-urls.ts";

/**
 * Writes an event as subscribers get it.
 *
 * Source: TAMS 8.2, `webhooks`.
 *
 * @param event The event.
 * @param base Where the API begins, as subscribers see it.
 * @returns JSON.
 */
export function formatEvent(
  { event_timestamp, event_type, event }: DueEvent,
  base: URL,
): string {
  return JSON.stringify(
    { event_timestamp, event_type, event },
    (name, value: unknown) =>
      name === "url" && typeof value === "string"
        ? resolveMediaUrl(value, base)
        : value,
  );
}
