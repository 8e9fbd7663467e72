import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { execPath } from "node:process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { answerJson, sample, temporaryStore } from "./command-line.ts";

const program = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const sound = sample("pcm-s16.wav");
const movie = sample("h264-aac-25fps.mp4");

// Processes take long to start where many tests run.
describe("sluice", { timeout: 60_000 }, () => {
  it("exits with 0 when it is done, and with 2 for words that it does not know", () => {
    const done = spawnSync(execPath, [program, "inspect", sound]);
    const wrong = spawnSync(execPath, [program, "bogus"]);

    expect(done.status).toBe(0);
    expect(String(done.stdout)).toContain("audio/wav");
    expect(String(done.stderr)).toBe("");
    expect(wrong.status).toBe(2);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "stops on %s in the middle of an ingest, and leaves the store whole",
    async (signal, exitCode) => {
      await asyncWith(temporaryStore(), async ({ folder, store }) => {
        const second = join(folder, "second.mp4");
        await cp(movie, second);
        const child = spawn(
          execPath,
          [program, "ingest", sound, second, "--store", store, "--json"],
          { stdio: ["ignore", "pipe", "pipe"] },
        );
        const told = text(child.stderr);
        const ended = once(child, "close");

        // The first is there; the second is under way.
        const lines = createInterface({ input: child.stdout });
        await once(lines, "line");
        child.kill(signal);
        const [code] = (await ended) as [number | null];

        expect({ code, told: await told }).toMatchObject({
          code: exitCode,
          told: expect.stringContaining(`Interrupted by ${signal}`) as unknown,
        });
        expect(await answerJson(["flows", "--store", store])).toHaveLength(2);
        expect(await answerJson(["verify", "--store", store])).toEqual([
          { flows: 1, problems: 0 },
        ]);
      });
    },
  );

  it("ends quietly when whoever reads what it writes has seen enough", async () => {
    await asyncWith(temporaryStore(), async ({ store }) => {
      await answerJson(["ingest", sound, "--store", store]);
      const [flow] = (await answerJson(["flows", "--store", store])).filter(
        (one) => (one as { format: string }).format.endsWith("audio"),
      ) as { id: string }[];
      const command = `"${execPath}" "${program}" read ${flow?.id ?? ""} --json --store "${store}" | head -n 1`;

      const { stdout, stderr } = spawnSync("sh", ["-c", command]);

      expect(JSON.parse(String(stdout))).toMatchObject({ kind: "audio" });
      expect(String(stderr)).toBe("");
    });
  });
});
