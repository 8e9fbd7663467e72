import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import {
  claimEmpty,
  isNotFound,
  makeBytes,
  readStream,
  bucketPlan,
  type BucketPlan,
} from "./bucket-plan.ts";

/** What a bucket promises to those who read. */
export const readingLaws: readonly BucketPlan[] = [
  bucketPlan(
    "reads a range: from its start up to, and without, its end",
    async (bucket) => {
      const bytes = makeBytes(1000);
      await bucket.write("a", bytes);

      for (const [start, end] of [
        [0, 1000],
        [0, 1],
        [999, 1000],
        [10, 10],
        [1000, 1000],
        [250, 750],
      ] as const) {
        const part = bytes.subarray(start, end);
        deepEqual(await bucket.read("a", { start, end }), part);
        deepEqual(await readStream(bucket, "a", { start, end }), part);
      }
      deepEqual(await bucket.read("a", { start: 400 }), bytes.subarray(400));
      deepEqual(await bucket.read("a", { end: 400 }), bytes.subarray(0, 400));
    },
  ),
  bucketPlan(
    "refuses a range that is not within the object",
    async (bucket) => {
      await bucket.write("a", makeBytes(10));

      for (const range of [
        { end: 11 },
        { start: 11 },
        { start: -1 },
        { start: 0.5 },
        { start: 5, end: 4 },
        { start: Number.NaN },
      ]) {
        await rejects(bucket.read("a", range), { name: "RangeError" });
        await rejects(async () => readStream(bucket, "a", range), {
          name: "RangeError",
        });
      }
    },
  ),
  bucketPlan(
    "tells what is not there, and whether something was removed",
    async (bucket) => {
      await rejects(bucket.read("a"), isNotFound);
      await rejects(readStream(bucket, "a"), isNotFound);
      equal(await bucket.find("a"), undefined);
      equal(await bucket.remove("a"), false);

      await bucket.write("a", makeBytes(10));

      equal(await bucket.remove("a"), true);
      equal(await bucket.remove("a"), false);
      await rejects(bucket.read("a"), isNotFound);
      await claimEmpty(bucket);
      await bucket.write("a", new Uint8Array([2]));
      deepEqual(await bucket.read("a"), new Uint8Array([2]));
    },
  ),
  bucketPlan("streams an object in pieces of at most 1 MiB", async (bucket) => {
    const bytes = makeBytes(3 * 1024 * 1024 + 1);
    await bucket.write("a", bytes);

    const pieces = await bucket.stream("a").toArray();

    ok(pieces.every(({ byteLength }) => byteLength <= 1024 * 1024));
    ok(Buffer.concat(pieces).equals(bytes));
  }),
  bucketPlan(
    "lets streams and lists be left early, and read more than once at once",
    async (bucket) => {
      const bytes = makeBytes(2 * 1024 * 1024);
      await bucket.write("a", bytes);
      await bucket.write("b", bytes);

      for await (const piece of bucket.stream("a")) {
        ok(piece.byteLength > 0);
        break;
      }
      for await (const { sizeBytes } of bucket.list()) {
        equal(sizeBytes, bytes.byteLength);
        break;
      }

      const both = await Promise.all([
        readStream(bucket, "a"),
        readStream(bucket, "a", { start: 1 }),
      ]);
      ok(Buffer.from(bytes).equals(both[0]));
      ok(Buffer.from(bytes.subarray(1)).equals(both[1]));
    },
  ),
  bucketPlan(
    "shares no memory with who writes and who reads",
    async (bucket) => {
      const bytes = new Uint8Array([1, 2, 3]);
      await bucket.write("a", bytes);
      bytes.fill(0);
      (await bucket.read("a")).fill(0);
      for await (const piece of bucket.stream("a")) piece.fill(0);

      deepEqual(await bucket.read("a"), new Uint8Array([1, 2, 3]));
    },
  ),
];
