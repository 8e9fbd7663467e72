import { stat } from "node:fs/promises";
import { join } from "node:path";
import { createAuthentication, MediaUrls } from "@sluice/server";
import { serve } from "@sluice/server/node";
import { openMemoryStore } from "@sluice/store";
import { asyncContextManager, AsyncExitStack, asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { answer, sample, temporaryStore, type Answer } from "./command-line.ts";

const movie = sample("h264-aac-29.97fps.mp4");
const token = "a-token-of-more-than-thirty-two-letters";

/** Serves a store to those who have the token. */
const guardedStore = asyncContextManager(
  async function* () {
    const stack = new AsyncExitStack();
    try {
      const mediaUrls = new MediaUrls();
      const { createUrls } = mediaUrls;
      const store = await stack.enter(openMemoryStore({ createUrls }));
      const authenticate = createAuthentication({
        tokens: [{ token, name: "tester", scopes: ["admin"] }],
      });
      const { url } = await stack.enter(
        serve(store, { mediaUrls, authenticate }),
      );
      yield url;
    } catch (error) {
      await stack.raise(error);
      throw error;
    }
    await stack.aclose();
  },
  { suppresses: false },
);

function ask(
  words: readonly string[],
  env: Readonly<Record<string, string>> = { SLUICE_TOKEN: token },
): Promise<Answer> {
  return answer(words, undefined, env);
}

describe("run(), with a service as the store", () => {
  it("does all that it does with a folder", async () => {
    await asyncWith(guardedStore(), (url) =>
      asyncWith(temporaryStore(), async ({ folder, store }) => {
        const at = ["--store", url, "--json"];
        const tell = async (...words: string[]): Promise<unknown[]> => {
          const { code, out, err } = await ask([...words, ...at]);
          expect({ code, err }).toEqual({ code: 0, err: "" });
          const lines = out.split("\n").filter((line) => line !== "");
          return lines.map((line) => JSON.parse(line) as unknown);
        };
        const [made] = (await tell("ingest", movie)) as [
          { flow: { id: string }; tracks: { id: string }[] },
        ];
        const [all, video] = [made.flow.id, made.tracks[0]?.id ?? ""];

        expect(await tell("flows")).toHaveLength(3);
        expect(await tell("sources")).toHaveLength(3);
        expect(await tell("segments", video)).not.toEqual([]);
        expect(
          await tell("read", video, "--from", "10", "--count", "5"),
        ).toHaveLength(5);
        expect(await tell("verify", video)).toEqual([
          { flows: 1, problems: 0 },
        ]);
        const file = join(folder, "out.mp4");
        await tell("export", all, "--output", file);
        expect((await stat(file)).size).toBeGreaterThan(50_000);
        await tell("copy", all, "--to", store);
        expect(
          (await ask(["flows", "--store", store, "--json"])).out,
        ).toContain(all);
        await tell("delete", all);
        expect(await tell("flows")).not.toContainEqual(
          expect.objectContaining({ id: all }),
        );
      }),
    );
  }, 30_000);

  it("tells that credentials are missing, or that nobody is there", async () => {
    await asyncWith(guardedStore(), async (url) => {
      const none = await ask(["flows", "--store", url], {});
      const half = { SLUICE_CLIENT_ID: "me" };

      expect(none).toMatchObject({ code: 4, out: "" });
      expect(none.err).toContain("credentials");
      expect(await ask(["flows", "--store", url], half)).toMatchObject({
        code: 2,
        err: expect.stringContaining("SLUICE_TOKEN_URL") as string,
      });
    });
    const nobody = "http://127.0.0.1:1";
    const gone = await ask(["flows", "--store", nobody]);
    expect(gone).toMatchObject({ code: 4, out: "" });
    expect(gone.err).not.toContain(token);
  }, 30_000);
});
