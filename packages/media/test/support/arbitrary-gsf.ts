import {
  createGsfHead,
  type GsfHead,
  type GsfPart,
  type GsfTag,
} from "@sluice/media";
import { grains, textsOfBytes } from "@sluice/media/testing";
import { fromUnixTime, Timestamp } from "@sluice/time";
import fc, { type Arbitrary } from "fast-check";

/** The versions that there are. */
export const versions = [7, 8, 9] as const;

const tag: Arbitrary<GsfTag> = fc.record({
  key: textsOfBytes(12),
  value: fc.string({ unit: "binary" }),
});
const tags = fc.array(tag, { maxLength: 2 });

/** Whole seconds of UTC in the years -200 to 9999. */
const created = fc
  .integer({ min: -68_000_000_000, max: 253_402_300_799 })
  .map((seconds) =>
    fromUnixTime({
      time: Timestamp.fromParts({ seconds }),
      isLeapSecond: false,
    }),
  );

const flow = fc.record({
  sourceId: fc.uuid(),
  flowId: fc.uuid(),
  format: textsOfBytes(64),
  json: fc.json(),
});

const segment = fc.record({
  id: fc.uuid(),
  count: fc.option(fc.maxSafeNat(), { nil: undefined }),
  flow: fc.option(flow, { nil: undefined }),
  tags,
});

function heads(version: 7 | 8 | 9): Arbitrary<GsfHead> {
  return fc
    .record({
      id: fc.uuid(),
      created,
      segments: fc.array(segment, { maxLength: 3 }),
      tags,
    })
    .map((init) => createGsfHead({ version, ...init }));
}

const unknownBlock: Arbitrary<GsfPart> = fc.record({
  kind: fc.constant("block" as const),
  tag: fc.constantFrom("fill", "\0\xffab", "Grai"),
  data: fc.uint8Array({ maxLength: 40 }),
});

/** Gives the parts of a whole file. */
export function files(): Arbitrary<GsfPart[]> {
  return fc
    .constantFrom(...versions)
    .chain((major) => {
      const grain: Arbitrary<GsfPart> = fc.record({
        kind: fc.constant("grain" as const),
        localId: fc.integer({ min: 0, max: 0xffff }),
        grain: grains({ version: major }),
      });
      const middle = fc.array(
        fc.oneof({ weight: 5, arbitrary: grain }, unknownBlock),
        { maxLength: 5 },
      );
      return fc.tuple(heads(major), middle);
    })
    .map(([head, middle]) => [head, ...middle, { kind: "end" }]);
}
