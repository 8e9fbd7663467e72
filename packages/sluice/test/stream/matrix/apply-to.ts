import { expect } from "vitest";
import { Stream } from "sluice";
import type { LawCallback } from "sluice/testing";
import type { Row } from "./row.ts";

/** Makes what an operator gives of a source; all of ours give streams. */
export function applyTo(
  row: Row,
  source: Stream<number>,
  callback: LawCallback = (value) => value,
): Stream<unknown> {
  const applied = row.apply(source, callback);
  expect(applied).toBeInstanceOf(Stream);
  return applied as Stream<unknown>;
}
