import { MemoryIndex } from "@sluice/store";
import { segmentIndexLaws } from "@sluice/store/contract";
import { nullContext } from "sluice";
import { describe, it } from "vitest";

describe("MemoryIndex", () => {
  const laws = segmentIndexLaws(() => nullContext(new MemoryIndex()));
  for (const { title, check } of laws) it(title, check);
});
