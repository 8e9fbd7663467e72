import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sleep, TaskGroup, TaskGroupError } from "sluice";

describe("TaskGroup.open() under the language's own `await using`", () => {
  it("waits for all tasks when the block is left", async () => {
    const log = [];

    {
      await using group = TaskGroup.open();
      group.spawn(async (signal) => {
        await sleep(1, signal);
        log.push("task");
      });
      log.push("block");
    }

    assert.deepEqual(log, ["block", "task"]);
  });

  it("throws what its tasks failed with, after the others have ended", async () => {
    const boom = new Error("boom");
    let ended = false;
    const run = async () => {
      await using group = TaskGroup.open();
      group.spawn(async (signal) => {
        try {
          await sleep(60_000, signal);
        } finally {
          ended = true;
        }
      });
      group.spawn(() => Promise.reject(boom));
    };

    await assert.rejects(run, (error) => {
      assert.ok(error instanceof TaskGroupError);
      assert.deepEqual(error.errors, [boom]);
      return true;
    });
    assert.ok(ended);
  });

  it("suppresses the block's error under that of its tasks, as the language does", async () => {
    const inTask = new Error("task");
    const inBlock = new Error("block");
    const run = async () => {
      await using group = TaskGroup.open();
      group.spawn(() => Promise.reject(inTask));
      throw inBlock;
    };

    await assert.rejects(run, (error) => {
      assert.ok(error instanceof SuppressedError);
      assert.deepEqual(error.error.errors, [inTask]);
      assert.equal(error.suppressed, inBlock);
      return true;
    });
  });
});
