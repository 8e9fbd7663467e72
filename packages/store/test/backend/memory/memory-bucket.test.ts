import { from, nullContext } from "sluice";
import { MemoryBucket } from "@sluice/store";
import { describe, expect, it } from "vitest";
import { objectBucketLaws } from "@sluice/store/contract";

describe("MemoryBucket", () => {
  for (const { title, check } of objectBucketLaws(() =>
    nullContext(new MemoryBucket()),
  )) {
    it(title, check);
  }

  it("takes no more than its capacity, and keeps nothing of what was too much", async () => {
    const bucket = new MemoryBucket({ capacityBytes: 10 });
    await bucket.write("a", new Uint8Array(4));

    await expect(
      bucket.write("b", from([new Uint8Array(4), new Uint8Array(4)])),
    ).rejects.toMatchObject({
      code: "STORE_FULL",
      message:
        "There is no room left in 'memory': free some, and try again; nothing was changed",
    });

    await expect(bucket.find("b")).resolves.toBeUndefined();
    await bucket.write("c", new Uint8Array(6));
    await bucket.remove("a");
    await bucket.write("d", new Uint8Array(4));
  });

  it("refuses a capacity that is negative", () => {
    expect(() => new MemoryBucket({ capacityBytes: -1 })).toThrow(
      new RangeError(
        "Cannot make a bucket of -1 bytes: its capacity must be 0 or more",
      ),
    );
  });
});
