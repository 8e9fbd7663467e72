import * as sluice from "sluice";
import { createKit, type Kit, type KitLibrary } from "./kit.ts";
import { untilIdle } from "./kit/waits.ts";
import type { Program } from "./program.ts";
import { overlaps } from "./reference/combine.ts";
import * as reference from "./reference/index.ts";
import { writeBody } from "./write.ts";

/** What a program did with one of the two. */
export interface Result {
  readonly log: readonly string[];
  /** What must never happen, and did. */
  readonly breaches: readonly string[];
  /** Errors that nobody could be given any more. */
  readonly late: readonly string[];
  /** Whether several things were closed at a time, so that the log has no one order. */
  readonly overlaps: boolean;
}

type Body = (library: KitLibrary, kit: Kit) => Promise<void>;

/** Stands for what was closed and has not stopped for a second. */
const STALLED = "stalled";

/** Runs a program with the library and with the reference. */
export async function run(
  program: Program,
): Promise<{ readonly ours: Result; readonly expected: Result }> {
  const body = compile(program);
  const expected = await runWith(reference, body);
  const ours = await runWith(sluice, body);
  // Nothing takes so long: the machine has stood still.
  return ours.late.includes(STALLED) ? run(program) : { ours, expected };
}

function compile(program: Program): Body {
  // The language has no name for it.
  const { constructor } = async function () {};
  const AsyncFunction = constructor as new (
    ...parametersAndBody: string[]
  ) => Body;
  return new AsyncFunction("sluice", "kit", writeBody(program));
}

async function runWith(library: KitLibrary, body: Body): Promise<Result> {
  const kit = createKit(library);
  const late: unknown[] = [];
  const takeWarning = (warning: Error): void => {
    if (warning.name !== "DetachedError") return;
    if ("cause" in warning) late.push(warning.cause);
    else kit.late.add(STALLED);
  };
  const takeUnhandled = (error: unknown): void => {
    kit.breaches.push(`unhandled ${kit.name(error)}`);
  };
  const before = overlaps.count;
  process.on("warning", takeWarning).on("unhandledRejection", takeUnhandled);
  try {
    await body(library, kit);
  } catch (error) {
    kit.log.push(`failed: ${kit.name(error)}`);
  }
  await untilIdle();
  // What is reachable from them may have come later still.
  for (const error of late) kit.report(error);
  kit.check();
  process.off("warning", takeWarning).off("unhandledRejection", takeUnhandled);
  return {
    log: kit.log,
    breaches: kit.breaches,
    late: [...kit.late].sort(),
    overlaps: overlaps.count > before,
  };
}
