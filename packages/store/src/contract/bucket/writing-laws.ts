import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { createHash } from "node:crypto";
import { from } from "sluice";
import {
  claimEmpty,
  drop,
  isExists,
  makeBytes,
  bucketPlan,
  type BucketPlan,
} from "./bucket-plan.ts";

/** What a bucket promises to those who write. */
export const writingLaws: readonly BucketPlan[] = [
  bucketPlan(
    "gives back what was written, with its size and its SHA-256",
    async (bucket) => {
      const bytes = makeBytes(100_000);

      const written = await bucket.write("a", bytes);

      deepEqual(written, {
        key: "a",
        sizeBytes: bytes.byteLength,
        sha256: createHash("sha256").update(bytes).digest("hex"),
      });
      deepEqual(await bucket.read("a"), bytes);
      deepEqual(await bucket.find("a"), { key: "a", sizeBytes: 100_000 });
    },
  ),
  bucketPlan(
    "writes pieces as one object, whatever their sizes",
    async (bucket) => {
      const bytes = makeBytes(700_001);
      const cuts = [0, 0, 1, 2, 3, 300_000, 300_000, 700_001];
      const pieces = cuts.map((cut, index) =>
        bytes.subarray(cuts[index - 1] ?? 0, cut),
      );

      const written = await bucket.write("a", from(pieces));

      equal(written.sizeBytes, bytes.byteLength);
      deepEqual(await bucket.read("a"), bytes);
    },
  ),
  bucketPlan("takes an object of no bytes", async (bucket) => {
    await bucket.write("a", new Uint8Array(0));

    deepEqual(await bucket.read("a"), new Uint8Array(0));
    deepEqual(await bucket.find("a"), { key: "a", sizeBytes: 0 });
    deepEqual(await bucket.stream("a").toArray(), []);
  }),
  bucketPlan(
    "refuses bytes that are none, and keeps nothing of them",
    async (bucket) => {
      const wrong: AsyncIterable<Uint8Array> = from([
        new Uint8Array(1),
        JSON.parse('"text"') as Uint8Array,
      ]);

      await rejects(bucket.write("a", wrong), { name: "TypeError" });

      await claimEmpty(bucket);
    },
  ),
  bucketPlan(
    "refuses to write an object again, and leaves it as it is",
    async (bucket) => {
      await bucket.write("a", new Uint8Array([1]));

      await rejects(bucket.write("a", new Uint8Array([2])), isExists);

      deepEqual(await bucket.read("a"), new Uint8Array([1]));
    },
  ),
  bucketPlan(
    "lets one of several writers of a key win, and tells the others",
    async (bucket) => {
      const writers = Array.from({ length: 8 }, (_, index) =>
        bucket.write("a", from([new Uint8Array(1000).fill(index)])),
      );
      const ends = await Promise.allSettled(writers);

      const winners = ends.flatMap(({ status }, index) =>
        status === "fulfilled" ? [index] : [],
      );
      equal(winners.length, 1);
      for (const end of ends) {
        if (end.status === "rejected") ok(isExists(end.reason));
      }
      deepEqual(
        await bucket.read("a"),
        new Uint8Array(1000).fill(winners[0] ?? -1),
      );
    },
  ),
  bucketPlan("shows nothing of an object until it is whole", async (bucket) => {
    const seen: unknown[] = [];
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      seen.push(await bucket.find("a"), await bucket.list().toArray());
      yield new Uint8Array(10);
    }

    await bucket.write("a", pieces());

    deepEqual(seen, [undefined, []]);
  }),
  bucketPlan(
    "keeps nothing of an object whose source fails, and passes that on",
    async (bucket) => {
      const reason = new Error("the source failed");
      let isClosed = false;
      async function* pieces(): AsyncGenerator<Uint8Array> {
        try {
          yield await Promise.resolve(new Uint8Array(10));
          throw reason;
        } finally {
          isClosed = true;
        }
      }

      await rejects(bucket.write("a", pieces()), (error) => error === reason);

      ok(isClosed);
      await claimEmpty(bucket);
      await bucket.write("a", new Uint8Array([1]));
    },
  ),
  bucketPlan(
    "stops writing on abort, though the source says nothing more",
    async (bucket) => {
      const controller = new AbortController();
      const { signal } = controller;
      const reason = new Error("no longer needed");
      const source = from([new Uint8Array(10)]).tap(() => {
        queueMicrotask(() => {
          controller.abort(reason);
        });
      });
      const never = new Promise<never>(() => undefined);
      async function* pieces(): AsyncGenerator<Uint8Array> {
        yield* source;
        yield await never;
      }

      await rejects(
        bucket.write("a", from(pieces(), { closeGrace: 0, onDetached: drop }), {
          signal,
        }),
        (error) => error === reason,
      );

      await claimEmpty(bucket);
    },
  ),
  bucketPlan(
    "does nothing at all with a signal that is aborted already",
    async (bucket) => {
      const signal = AbortSignal.abort(new Error("no longer needed"));
      await bucket.write("b", new Uint8Array(1));
      const gone = { message: "no longer needed" };

      await rejects(bucket.write("a", new Uint8Array(1), { signal }), gone);
      await rejects(bucket.read("b", { signal }), gone);

      equal(await bucket.find("a"), undefined);
    },
  ),
];
