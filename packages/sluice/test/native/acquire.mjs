import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  acquire,
  asyncContextManager,
  asyncEnter,
  asyncExit,
  Lock,
} from "sluice";

describe("acquire() under the language's own `await using`", () => {
  it("exits when the block is left, and the exit is told that nobody knows", async () => {
    const log = [];
    const manager = {
      async [asyncEnter]() {
        log.push("enter");
        return "value";
      },
      async [asyncExit]({ status }) {
        log.push(status);
      },
    };

    {
      await using held = await acquire(manager);
      log.push(held.value);
    }

    assert.deepEqual(log, ["enter", "value", "unknown"]);
  });

  it("holds a lock until the end of the block", async () => {
    const lock = new Lock();

    {
      await using _held = await acquire(lock);
      assert.equal(lock.locked, true);
    }

    assert.equal(lock.locked, false);
  });

  it("leaves in reverse order", async () => {
    const log = [];
    const open = createSection(log);

    {
      await using a = await acquire(open("a"));
      await using b = await acquire(open("b"));
      log.push(a.value + b.value);
    }

    assert.deepEqual(log, ["open a", "open b", "ab", "close b", "close a"]);
  });

  it("leaves when the block returns, breaks or throws", async () => {
    const log = [];
    const open = createSection(log);
    const boom = new Error("boom");
    const leaveByReturn = async () => {
      await using held = await acquire(open("return"));
      return held.value;
    };
    const leaveByThrow = async () => {
      await using _held = await acquire(open("throw"));
      throw boom;
    };

    const returned = await leaveByReturn();
    for (const name of ["break", "never"]) {
      await using _held = await acquire(open(name));
      break;
    }
    await assert.rejects(leaveByThrow, (error) => error === boom);

    assert.equal(returned, "return");
    assert.deepEqual(log, [
      "open return",
      "close return",
      "open break",
      "close break",
      "open throw",
      "close throw",
    ]);
  });

  it("refuses a manager that must be told how the block ended", async () => {
    const log = [];
    const open = asyncContextManager(
      async function* () {
        log.push("open");
        yield;
      },
      { strict: true },
    );

    const run = async () => {
      await using _held = await acquire(open());
      log.push("block");
    };

    await assert.rejects(run, TypeError);
    assert.deepEqual(log, []);
  });
});

/** @param {string[]} log */
function createSection(log) {
  return asyncContextManager(async function* (name) {
    log.push(`open ${name}`);
    try {
      yield name;
    } finally {
      log.push(`close ${name}`);
    }
  });
}
