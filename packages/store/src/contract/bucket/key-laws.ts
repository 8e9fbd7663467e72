import { deepEqual, ok, rejects } from "node:assert/strict";
import { bucketPlan, type BucketPlan } from "./bucket-plan.ts";

/** Keys that a naive bucket would take for a path, for another key, or not at all. */
const awkwardKeys = [
  "..",
  "../outside",
  "/etc/hosts",
  "a/b/../c",
  "a",
  "A",
  "con",
  "nul.txt",
  "a.",
  "a ",
  " a",
  "a\u0000b",
  "a\\b",
  'a:b*c?d"e<f>g|h',
  "%2e%2e",
  "k-a",
  "_41",
  "é",
  "e\u0301",
  "\u{1f3ac}",
  "\ud83c",
  "\n",
  "x".repeat(255),
  "x".repeat(5000),
  "X".repeat(5000),
] as const;

/** What a bucket promises of its keys. */
export const keyLaws: readonly BucketPlan[] = [
  bucketPlan(
    "keeps every key apart from every other, and gives it back as it is",
    async (bucket) => {
      for (const [index, key] of awkwardKeys.entries()) {
        await bucket.write(key, new Uint8Array([index]));
      }

      for (const [index, key] of awkwardKeys.entries()) {
        deepEqual(await bucket.read(key), new Uint8Array([index]));
      }
      const listed = await bucket.list().toArray();
      deepEqual(listed.map(({ key }) => key).sort(), [...awkwardKeys].sort());
      ok(listed.every(({ sizeBytes }) => sizeBytes === 1));
    },
  ),
  bucketPlan("refuses a key that is empty, or no text", async (bucket) => {
    const bytes = new Uint8Array(1);

    await rejects(bucket.write("", bytes), { name: "TypeError" });
    await rejects(bucket.read(""), { name: "TypeError" });
    await rejects(bucket.find(""), { name: "TypeError" });
    await rejects(bucket.remove(""), { name: "TypeError" });
  }),
];
