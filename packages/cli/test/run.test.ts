import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InterruptedError } from "@sluice/cli";
import { inspect } from "@sluice/media";
import { openEmbeddedStore } from "@sluice/store";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { answer, answerJson, sample, temporaryStore } from "./command-line.ts";

const movie = sample("h264-aac-29.97fps.mp4");
const sound = sample("pcm-s16.wav");
const nobody = "f1c8c095-5739-46f4-9bbc-3d7050c9ba23";

interface Ingested {
  readonly flow: { readonly id: string };
  readonly tracks: readonly { readonly id: string }[];
}

/** Takes a file in; gives its flow, and those of its tracks. */
async function ingest(store: string, file: string): Promise<string[]> {
  const [line] = await answerJson(["ingest", file, "--store", store]);
  const { flow, tracks } = line as Ingested;
  return [flow.id, ...tracks.map(({ id }) => id)];
}

describe("run(), of words that it does not understand", () => {
  it.each([
    [["bogus"], "sluice: unknown command 'bogus'"],
    [["ingest"], "sluice: missing required argument 'file'"],
    [["flows", "--bogus"], "sluice: unknown option '--bogus'"],
    [["copy"], "sluice: required option '--to <url>' not specified"],
    [["read", nobody, "--count", "many"], "sluice: 'many' is no whole number"],
    [["read", nobody, "--count", "1"], "sluice: '--from' and '--count' go"],
    [
      ["read", nobody, "--from", "0", "--count", "1", "--timerange", "_"],
      "sluice: '--timerange' and '--count' exclude each other",
    ],
    [["segments", nobody, "--timerange", "soon"], "sluice: 'soon' is no time"],
    [["ingest", sound, "--at", "soon"], "sluice: 'soon' is no instant"],
  ])("%j", async (words, told) => {
    const { code, out, err } = await answer(words);

    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(told);
  });
});

describe("run()", () => {
  it("tells what it can do, and what a command takes", async () => {
    const all = await answer(["--help"]);
    const none = await answer([]);
    const one = await answer(["export", "--help"]);
    const version = await answer(["--version"]);

    expect(all).toMatchObject({ code: 0, err: "" });
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toContain("Commands:");
    expect(all.out).toContain("Exit codes:");
    expect(one.out).toContain("--output <file>");
    expect(version).toEqual({ code: 0, out: "0.1.0\n", err: "" });
  });

  it("takes a file in, and tells of it in each way, until it is deleted", async () => {
    await asyncWith(temporaryStore(), async ({ folder, store }) => {
      const [whole = "", video = "", audio = ""] = await ingest(store, movie);
      const at = ["--store", store];

      const flows = await answer(["flows", ...at]);
      expect(flows.out).toContain(whole);
      expect(flows.out).toMatch(/video +video\/h264, 320x180, 30000\/1001\/s/u);
      expect(await answerJson(["flows", ...at])).toHaveLength(3);
      expect(await answerJson(["sources", ...at])).toHaveLength(3);

      const segments = await answerJson(["segments", video, ...at]);
      expect(segments[0]).toMatchObject({
        object_id: expect.any(String) as unknown,
      });
      const within = ["--timerange", "[0:0_2:0)"];
      const some = await answerJson(["segments", video, ...within, ...at]);
      expect(some.length).toBeLessThan(segments.length);

      const count = ["--from", "60", "--count", "30"];
      const grains = await answerJson(["read", video, ...count, ...at]);
      expect(grains).toHaveLength(30);
      expect(grains[0]).toMatchObject({
        kind: "coded-video",
        timestamp: "2:2000000",
      });

      const clip = join(folder, "clip.mp4");
      const output = ["--output", clip, "--timerange", "[2:0_5:0)"];
      const exported = await answer(["export", whole, ...output, ...at]);
      expect(exported).toMatchObject({ code: 0, err: "" });
      expect((await inspect(clip)).tracks).toHaveLength(2);
      const again = await answer(["export", whole, ...output, ...at]);
      expect(again.code).toBe(1);
      expect(again.err).toContain("replace it with --force");

      const other = `file:${join(folder, "other")}`;
      await answerJson(["copy", whole, "--to", other, ...at]);
      expect(
        await answerJson(["verify", "--decode", "--store", other]),
      ).toEqual([{ flows: 2, problems: 0 }]);

      // The second one goes on behind 2 s.
      await answerJson(["delete", video, ...within, ...at]);
      expect(await answerJson(["segments", video, ...at])).toHaveLength(
        segments.length - 1,
      );
      for (const id of [whole, video, audio]) {
        await answerJson(["delete", id, ...at]);
      }
      expect((await answer(["flows", ...at])).out).toBe(
        "There are no flows; take a file in: sluice ingest FILE\n",
      );
    });
  }, 60_000);

  it("tells what is in a file, without a store", async () => {
    const { out } = await answer(["inspect", sound]);
    const [document] = await answerJson(["inspect", sound]);

    expect(out).toMatch(/^.*pcm-s16\.wav: audio\/wav, 384\.0 kB\nTRACK/u);
    expect(document).toMatchObject({
      content_type: "audio/wav",
      size_bytes: 384_044,
      tracks: [
        { kind: "audio", sampleRate: 48_000, channels: 2, duration: "2:0" },
      ],
    });
  });

  it("finds an object that has gone, and exits with a number of its own", async () => {
    await asyncWith(temporaryStore(), async ({ store }) => {
      const [, audio = ""] = await ingest(store, sound);
      const [first] = await answerJson(["segments", audio, "--store", store]);
      const { get_urls: urls } = first as { get_urls: { url: string }[] };
      await rm(fileURLToPath(urls[0]?.url ?? ""));

      const { code, out } = await answer(["verify", "--store", store]);

      expect(code).toBe(5);
      expect(out).toContain(audio);
      expect(out).toContain("1 problem");
    });
  });
});

describe("run(), of what is not as it was written", () => {
  it("names what has other bytes, in a line each, and exits with 5", async () => {
    await asyncWith(temporaryStore(), async ({ store }) => {
      const [, audio = ""] = await ingest(store, sound);
      const [first] = await answerJson(["segments", audio, "--store", store]);
      const { get_urls: urls, object_id: object } = first as {
        get_urls: { url: string }[];
        object_id: string;
      };
      const file = fileURLToPath(urls[0]?.url ?? "");
      const bytes = await readFile(file);
      bytes[1000] = (bytes[1000] ?? 0) ^ 1;
      await writeFile(file, bytes);

      const words = ["verify", audio, "--store", store];
      const { code, out } = await answer(words);
      const asJson = await answer([...words, "--json"]);

      expect(code).toBe(5);
      expect(out).toContain(`object '${object}' has other bytes`);
      expect(asJson.code).toBe(5);
      expect(JSON.parse(asJson.out.split("\n")[0] ?? "")).toMatchObject({
        flow: audio,
        problem: "wrong-checksum",
        object,
      });
    });
  });
});

describe("run(), of what cannot be done", () => {
  it("exits with 3 where a file, or a flow, is not there", async () => {
    await asyncWith(temporaryStore(), async ({ folder, store }) => {
      await ingest(store, sound);
      const missing = join(folder, "missing.mp4");

      const file = await answer(["ingest", sound, missing, "--store", store]);
      const report = await answer(["inspect", missing]);
      const flow = await answer(["segments", nobody, "--store", store]);

      const told = `sluice: There is no file '${missing}': check its name, and the folder you are in\n`;
      expect(file).toEqual({ code: 3, out: "", err: told });
      expect(report).toEqual({ code: 3, out: "", err: told });
      expect(flow).toMatchObject({ code: 3, out: "" });
      expect(flow.err).toMatch(/^sluice: [^\n]+\n$/u);
    });
  });

  it("exits with 4 where the store is not there, or locked", async () => {
    await asyncWith(temporaryStore(), async ({ folder, store }) => {
      const missing = await answer(["flows", "--store", store]);
      const locked = await asyncWith(
        openEmbeddedStore(join(folder, "store")),
        () => answer(["flows", "--store", store]),
      );

      expect(missing.code).toBe(4);
      expect(missing.err).toContain("there is no store in it");
      expect(locked.code).toBe(4);
      expect(locked.err).toContain(`this process (${process.pid}) has it open`);
    });
  });

  it("exits with 1 where a file is no media, and makes no flow", async () => {
    await asyncWith(temporaryStore(), async ({ folder, store }) => {
      const file = join(folder, "notes.txt");
      await writeFile(file, "These are no pictures.".repeat(100));

      const { code, err } = await answer(["ingest", file, "--store", store]);

      expect(code).toBe(1);
      expect(err).toMatch(/^sluice: Cannot read [^\n]+\n$/u);
      expect(await answerJson(["flows", "--store", store])).toEqual([]);
    });
  });

  it("tells an error as JSON for programs, and in full on request", async () => {
    const json = await answer(["inspect", "missing.mp4", "--json"]);
    const full = await answer(["inspect", "missing.mp4", "--verbose"]);

    expect(JSON.parse(json.err)).toEqual({
      error: {
        code: "ENOENT",
        message: expect.stringContaining("missing.mp4") as unknown,
      },
    });
    expect(full.err).toContain("[cause]");
    expect(full.err).toContain("measure-file");
  });

  it("does nothing, and says so, when it is interrupted before it begins", async () => {
    await asyncWith(temporaryStore(), async ({ store }) => {
      const signal = AbortSignal.abort(new InterruptedError("SIGINT", 2));

      const told = await answer(["ingest", sound, "--store", store], signal);

      expect(told).toMatchObject({ code: 130, out: "" });
      expect(told.err).toMatch(/^sluice: Interrupted by SIGINT/u);
      expect(await answerJson(["flows", "--store", store])).toEqual([]);
    });
  });
});
