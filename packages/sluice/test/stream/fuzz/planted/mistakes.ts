/** A mistake to be made in a copy of the library. */
export interface Mistake {
  /** What is wrong then. */
  readonly title: string;
  /** The file it is made in, of `src/stream`. */
  readonly file: string;
  /** What is replaced, which is there once, and by what. */
  readonly edits: readonly (readonly [text: string, mistaken: string])[];
  /** What finds it, where the fuzz does not look. */
  readonly elsewhere?: string;
}

/** Mistakes of many kinds, which the fuzz is to find. */
export const mistakes: readonly Mistake[] = [
  {
    title: "a source that is left is not closed",
    file: "engine/frame.ts",
    edits: [
      ["attempt(() => this.iterator.return?.())", "attempt(() => undefined)"],
    ],
  },
  {
    title: "a source is closed twice",
    file: "engine/frame.ts",
    edits: [
      [
        "attempt(() => this.iterator.return?.())",
        "attempt(() => (this.iterator.return?.(), this.iterator.return?.()))",
      ],
    ],
  },
  {
    title: "closing is not waited for",
    file: "engine/frame.ts",
    edits: [
      [
        "if (late === undefined) return closing && grace.wait(closing);",
        "if (late === undefined) { closing?.catch(ignore); return undefined; }",
      ],
    ],
  },
  {
    title: "a source that has failed is closed as well",
    file: "engine/frame-stack.ts",
    edits: [
      ["if (this.isBroken && this.top?.kind !== CURSOR) this.#pop();", ""],
      ["ARRAY, CURSOR, Frame", "ARRAY, Frame"],
    ],
  },
  {
    title: "an inner source of `flatMap` is not closed",
    file: "engine/frame-stack.ts",
    edits: [
      [
        "const closing = frame.close(grace, this.settings, inFlight);",
        "if (frame.parent !== null) continue; const closing = frame.close(grace, this.settings, inFlight);",
      ],
    ],
  },
  {
    title: "the outer source of `flatMap` is closed before the inner one",
    file: "engine/frame-stack.ts",
    edits: [
      [
        "for (let frame = this.#pop(); frame !== null; frame = this.#pop()) {",
        "const frames = [...this.parts].reverse(); this.top = null; for (const frame of frames) {",
      ],
    ],
  },
  {
    title: "a promise as an item is handed on as it is",
    file: "engine/machine.ts",
    edits: [
      [
        "isReading = false;\n        status = isThenable(value) ? this.#park(ITEM, value) : sink.push(value);",
        "isReading = false;\n        status = sink.push(value);",
      ],
    ],
  },
  {
    title: "the failure of closing replaces the first one",
    file: "engine/base-cursor.ts",
    edits: [
      [
        "else keepLater(outcome.error, error, this.settings);",
        "else this.#failure = { error };",
      ],
    ],
  },
  {
    title: "a failure of closing after the end is lost",
    file: "engine/base-cursor.ts",
    edits: [
      ["if (!hasFailed) this.#failure = { error };", "if (!hasFailed) return;"],
    ],
  },
  {
    title: "a failure of closing after another is lost",
    file: "engine/closing.ts",
    edits: [
      ["if (isObject(first)) recordContext(first, later, --earliest);", ""],
      ["  else reportLate(settings, later);", ""],
    ],
  },
  {
    title: "what runs is not told to abort",
    file: "engine/base-cursor.ts",
    edits: [["for (const part of this.parts) part.abort(cause);", ""]],
  },
  {
    title: "a late failure is not reported",
    file: "engine/grace.ts",
    edits: [["reportLate(this.#settings, error);", "void error;"]],
  },
  {
    title:
      "a failure of closing is unhandled, while something late is waited for",
    file: "engine/frame.ts",
    edits: [["    closing?.catch(ignore);\n", ""]],
  },
  {
    title: "calls of `next()` that wait are answered from the last on",
    file: "engine/reading.ts",
    edits: [["? this.#queue.shift()", "? this.#queue.pop()"]],
  },
  {
    title: "calls of `next()` that wait are forgotten when it is left",
    file: "engine/reading.ts",
    edits: [
      [
        "for (const [resolve] of this.#queue.splice(0)) resolve(createEnd());",
        "",
      ],
    ],
  },
  {
    title: "a signal is not heard",
    file: "engine/consumer.ts",
    edits: [["      this.interrupt(reason);\n", "      void reason;\n"]],
  },
  {
    title: "a callback is told a number too high",
    file: "engine/step.ts",
    edits: [["return this.#step.count;", "return this.#step.count + 1;"]],
  },
  {
    title: "the second of two fused callbacks is told the number of the first",
    file: "engine/step.ts",
    edits: [["return this.#step.secondCount;", "return this.#step.count;"]],
  },
  {
    title: "`take` asks for one item more",
    file: "select/take.ts",
    edits: [
      [
        "import type { Kind",
        'import { CONTINUE } from "../engine/cursor.ts";\nimport type { Kind',
      ],
      [
        "if (--this.count === 0) this.machine.stop(this.position);\n    return",
        "if (this.count-- === 0) { this.machine.stop(this.position); return CONTINUE; }\n    return",
      ],
    ],
  },
  {
    title: "`filter` gives the answer that it has waited for, and not the item",
    file: "select/filter.ts",
    edits: [
      [
        "return passes ? this.next.push(this.held) : CONTINUE;",
        "return passes ? this.next.push(passes) : CONTINUE;",
      ],
    ],
  },
  {
    title: "`dropWhile` goes on asking its callback",
    file: "select/drop-while.ts",
    edits: [["  step.push = giveAll;\n", ""]],
  },
  {
    title: "`scan` forgets a result that it has waited for",
    file: "transform/scan.ts",
    edits: [
      [
        "back(this: Step, result) {\n    return give(this, result);",
        "back(this: Step, result) {\n    return this.next.push(result);",
      ],
    ],
  },
  {
    title: "`chunks` drops the last array, if it is short",
    file: "group/chunks.ts",
    edits: [
      [
        "return chunk.length === 0 ? CONTINUE : this.next.push(chunk);",
        "return chunk.length >= 0 ? CONTINUE : this.next.push(chunk);",
      ],
    ],
  },
  {
    title: "`catch` asks its callback again when that has failed",
    file: "transform/catch.ts",
    edits: [["this.#hasFailed || this.isStopped", "this.isStopped"]],
  },
  {
    title: "the hook of `onClose` is called before the source is closed",
    file: "transform/on-close.ts",
    edits: [
      [
        "this.#isBefore ? closers.reverse() : closers",
        "this.#isBefore ? closers : closers.reverse()",
      ],
    ],
  },
  {
    title: "a concurrent `map` swaps items",
    file: "pace/concurrent.ts",
    edits: [
      [
        "if (!this.#concurrency.ordered) this.#queue.push(slot);",
        "this.#queue.push(slot);",
      ],
      [
        "if (isDone || this.#concurrency.ordered) this.#queue.push(slot);",
        "if (isDone) this.#queue.push(slot);",
      ],
    ],
  },
  {
    title: "a concurrent `map` goes on after a failure",
    elsewhere: "the tests of `concurrency` find it",
    file: "pace/concurrent.ts",
    edits: [["if (slot.failure !== undefined) this.#isOver = true;", ""]],
  },
  {
    title: "a concurrent `map` works on one item more at once",
    elsewhere: "the laws and the interleavings find it",
    file: "pace/concurrent.ts",
    edits: [["+ this.#taken < limit &&", "+ this.#taken <= limit &&"]],
  },
  {
    title: "`zip` asks the sources behind one that has ended",
    file: "combine/zip-cursor.ts",
    edits: [
      [
        'if (this.#mode === "shortest") return DONE;\n        ended++;',
        "ended++;",
      ],
      [
        "if (ended === parts.length) return DONE;",
        'if (ended === parts.length || (ended > 0 && this.#mode === "shortest")) return DONE;',
      ],
    ],
  },
  {
    title: "`concat` drops the source behind one that has ended",
    file: "combine/concat-cursor.ts",
    edits: [["this.parts.shift();", "this.parts.splice(0, 2);"]],
  },
  {
    title: "`merge` waits for a source that has ended",
    file: "combine/merge-cursor.ts",
    edits: [["if (status === DONE) this.sources.delete(port);", ""]],
  },
  {
    title: "`tee` lets go of what the slowest branch has not had",
    file: "share/tee.ts",
    edits: [
      ["this.#last = this.#last.next = cell;", "this.#last.next = cell;"],
    ],
  },
];
