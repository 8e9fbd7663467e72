import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asyncContextManager } from "sluice";

/** A folder that is there for one block. */
export const temporaryFolder = asyncContextManager(
  async function* () {
    const folder = await mkdtemp(join(tmpdir(), "sluice-store-"));
    try {
      yield folder;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  { suppresses: false },
);
