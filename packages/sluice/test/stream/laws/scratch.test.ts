import { describe, it } from "vitest";
import { operatorLaws } from "sluice/testing";

describe("map", () => {
  for (const { title, check } of operatorLaws((source, callback) => source.map(callback))) it(title, check);
});
describe("generator", () => {
  async function* twice(source: AsyncIterable<number>) {
    for await (const item of source) { yield item; yield item; }
  }
  for (const { title, check } of operatorLaws((source) => twice(source), { isGenerator: true, gives: (items) => items.flatMap((i) => [i, i]) })) it(title, check);
});
describe("generator with callback", () => {
  async function* map(source: AsyncIterable<number>, callback: (n: number) => unknown) {
    for await (const item of source) yield await callback(item);
  }
  for (const { title, check } of operatorLaws((source, cb) => map(source, cb), { isGenerator: true })) it(title, check);
});
