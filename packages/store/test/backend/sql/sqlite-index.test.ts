import { openSqliteIndex } from "@sluice/store";
import { segmentIndexLaws } from "@sluice/store/contract";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncContextManager, AsyncExitStack } from "sluice";
import { describe, it } from "vitest";

const temporaryIndex = asyncContextManager(
  async function* () {
    const folder = await mkdtemp(join(tmpdir(), "sluice-index-"));
    await using stack = new AsyncExitStack();
    stack.callback(() => rm(folder, { recursive: true }));
    yield await stack.enter(openSqliteIndex(join(folder, "index.sqlite")));
  },
  { suppresses: false },
);

describe("openSqliteIndex()", () => {
  const laws = segmentIndexLaws(temporaryIndex);
  for (const { title, check } of laws) it(title, check);
});
