import { checkDuration } from "../../core/check-duration.ts";
import { CursorSource } from "../engine/base-cursor.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { Ticks } from "./ticks.ts";

export function interval(ms: number, options?: StreamOptions): Stream<number> {
  checkDuration(ms);
  if (!(ms > 0)) {
    throw new RangeError(`Cannot tick every ${ms} ms: it is not more than 0`);
  }
  return new Stream<number>(
    new CursorSource((settings) => new Ticks(ms, settings)),
    toSettings(options),
  );
}
