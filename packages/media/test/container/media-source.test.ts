import {
  openContainer,
  UnreadableMediaError,
  type MediaSource,
} from "@sluice/media";
import { asyncWith, ClosedError } from "sluice";
import { mkdtemp, rm, writeFile, chmod } from "node:fs/promises";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { createAdts } from "../support/small-adts.ts";

const file = createAdts(200);

describe("A source of media", () => {
  it("is bytes in memory", async () => {
    expect(await countGrains(file)).toBe(200);
  });

  it("is a Blob", async () => {
    expect(await countGrains(new Blob([file]))).toBe(200);
  });

  it("is a blob: or data: URL", async () => {
    const url = URL.createObjectURL(new Blob([file]));
    const text = Buffer.from(file).toString("base64");

    expect(await countGrains(url)).toBe(200);
    expect(await countGrains(`data:audio/aac;base64,${text}`)).toBe(200);

    URL.revokeObjectURL(url);
  });

  it("is a path, or a file: URL", async () => {
    await withFolder(async (folder) => {
      const path = join(folder, "sound #1.aac");
      await writeFile(path, file);

      expect(await countGrains(path)).toBe(200);
      expect(await countGrains(pathToFileURL(path))).toBe(200);
      expect(await countGrains(pathToFileURL(path).href)).toBe(200);
    });
  });

  it("is a URL of a server that gives parts of files", async () => {
    await withServer(serveParts(file), async (url) => {
      expect(await countGrains(url)).toBe(200);
    });
  });

  it("is read by no more requests than it needs", async () => {
    const long = createAdts(20_000);
    let requests = 0;
    const serve = serveParts(long);
    const count: RequestListener = (request, response) => {
      requests += 1;
      serve(request, response);
    };

    await withServer(count, async (url) => {
      await asyncWith(openContainer(url), () => undefined);
    });

    expect(requests).toBeLessThanOrEqual(3);
  });

  it("is refused at once if it is none", () => {
    // Wrong on purpose.
    const number = 5 as unknown as string;

    expect(() => openContainer(number)).toThrow(TypeError);
    expect(() => openContainer(new URL("ftp://host/file"))).toThrow(TypeError);
  });
});

describe("A source of media that cannot be read", () => {
  it("is told if there is no such file, and where", async () => {
    const error = await failureOf("/no/such/file.mp4");

    expect(error).toMatchObject({
      code: "MEDIA_UNREADABLE",
      reason: "not-found",
      source: "/no/such/file.mp4",
      message: "Cannot read /no/such/file.mp4: there is no such file",
    });
  });

  it("is told if it is a directory", async () => {
    const error = await failureOf(tmpdir());

    expect(error).toMatchObject({ reason: "no-file" });
  });

  it.skipIf(process.getuid?.() === 0)(
    "is told if this user may not read it (skipped for root, who may)",
    async () => {
      await withFolder(async (folder) => {
        const path = join(folder, "secret.aac");
        await writeFile(path, file);
        await chmod(path, 0);

        expect(await failureOf(path)).toMatchObject({ reason: "forbidden" });
      });
    },
  );

  it("is told if no server answers", async () => {
    const url = await withServer(serveParts(file), (open) => open);

    const error = await failureOf(url);

    expect(error).toMatchObject({ reason: "unreachable", source: url.href });
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it.each([
    [404, "not-found"],
    [403, "forbidden"],
    [500, "unreachable"],
  ])("is told if the server answers with %i", async (status, reason) => {
    await withServer(
      (_, response) => response.writeHead(status).end("no"),
      async (url) => {
        expect(await failureOf(url)).toMatchObject({ reason });
      },
    );
  });

  it("is told if the server gives no parts of files", async () => {
    await withServer(
      (_, response) => response.end(file),
      async (url) => {
        expect(await failureOf(url)).toMatchObject({ reason: "no-ranges" });
      },
    );
  });

  it("is told if the file becomes another while it is read", async () => {
    const long = createAdts(20_000);
    const [before, after] = [serveParts(long, '"1"'), serveParts(long, '"2"')];
    let requests = 0;

    await withServer(
      (request, response) => {
        requests += 1;
        (requests === 1 ? before : after)(request, response);
      },
      async (url) => {
        const reading = countGrains(url);

        await expect(reading).rejects.toMatchObject({ reason: "changed" });
      },
    );
  });
});

describe("openContainer()", () => {
  it("reads nothing before it is entered", async () => {
    await withServer(
      () => expect.unreachable("it was asked for"),
      async (url) => {
        openContainer(url);
        openContainer("/no/such/file.mp4");
        await Promise.resolve();
      },
    );
  });

  it("fails with the signal's reason if that is aborted before", async () => {
    const reason = new Error("Not needed any more");
    const signal = AbortSignal.abort(reason);

    const opening = asyncWith(openContainer(file, { signal }), () => 0);

    await expect(opening).rejects.toBe(reason);
  });

  it("fails with the signal's reason while a server does not answer", async () => {
    const reason = new Error("Not needed any more");
    const controller = new AbortController();

    await withServer(
      () => {
        controller.abort(reason);
      },
      async (url) => {
        const { signal } = controller;
        const opening = asyncWith(openContainer(url, { signal }), () => 0);

        await expect(opening).rejects.toBe(reason);
      },
    );
  });

  it("lets reading fail once its block is left", async () => {
    const track = await asyncWith(
      openContainer(new Blob([file])),
      ({ tracks: [first] }) => first,
    );

    const reading = track?.getGrains().toArray();

    await expect(reading).rejects.toBeInstanceOf(ClosedError);
  });

  it("lets reading fail that is under way when its block is left", async () => {
    const grains = await asyncWith(
      openContainer(new Blob([file])),
      async ({ tracks: [first] }) => {
        const grains = first?.getGrains();
        await grains?.next();
        return grains;
      },
    );

    await expect(grains?.next()).rejects.toBeInstanceOf(ClosedError);
  });
});

async function countGrains(source: MediaSource): Promise<number> {
  return asyncWith(openContainer(source), async ({ tracks }) => {
    const [track, other] = tracks;
    expect(other).toBeUndefined();
    return (await track?.getGrains().toArray())?.length ?? 0;
  });
}

async function failureOf(source: MediaSource): Promise<UnreadableMediaError> {
  const opening = asyncWith(openContainer(source), () => undefined);
  const error: unknown = await opening.catch((error: unknown) => error);
  if (error instanceof UnreadableMediaError) return error;
  throw error ?? new Error("It could be read");
}

async function withFolder(
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-media-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withServer<T>(
  listener: RequestListener,
  use: (url: URL) => T,
): Promise<Awaited<T>> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  try {
    return await use(new URL(`http://127.0.0.1:${port}/file.aac`));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Makes a server of one file, as RFC 9110 has it. */
function serveParts(
  bytes: Uint8Array,
  etag = '"1"',
): (request: IncomingMessage, response: ServerResponse) => void {
  return ({ headers }, response) => {
    const [, first = "0", last = ""] =
      /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    const end = Math.min(Number(last) + 1, bytes.length);
    response.writeHead(206, {
      etag,
      "content-range": `bytes ${first}-${end - 1}/${bytes.length}`,
    });
    response.end(bytes.subarray(Number(first), end));
  };
}
