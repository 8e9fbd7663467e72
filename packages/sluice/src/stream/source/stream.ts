import { checkFunction } from "../../core/check-function.ts";
import { toSettings, type StreamOptions } from "../engine/settings.ts";
import { Stream } from "../stream.ts";
import { Generated, type StreamScope } from "./generated.ts";

export function stream<T>(
  create: (scope: StreamScope) => AsyncGenerator<T, unknown, undefined>,
  options?: StreamOptions,
): Stream<T> {
  checkFunction(create, "make a stream with");
  return new Stream<T>(new Generated(create), toSettings(options));
}
