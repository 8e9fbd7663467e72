import type { ServerResponse } from "node:http";
import {
  AuthenticationError,
  ResponseError,
  ServiceUnreachableError,
  TamsClient,
  WireError,
} from "@sluice/tams";
import { asyncWith } from "sluice";
import { describe, expect, it } from "vitest";
import { answer, hangUp, serve } from "../support/serve.ts";

const retry = { attempts: 3, firstPauseMs: 1 };
const source = {
  id: "2aa143ac-0ab7-4d75-bc32-5c00c13e186f",
  format: "urn:x-nmos:format:video",
};
const busy = answer({}, 503);
const refused = answer(
  {
    type: "BadRequest",
    summary: "No such thing",
    time: "2026-01-01T00:00:00Z",
  },
  400,
);

describe("a client", () => {
  it("asks for nothing when it is made", () => {
    expect(new TamsClient("http://127.0.0.1:1")).toBeInstanceOf(TamsClient);
    expect(() => new TamsClient("file:./store")).toThrow(TypeError);
    expect(() => new TamsClient("tams")).toThrow("write it as in");
    expect(
      () => new TamsClient("http://a.example", { retry: { attempts: 0 } }),
    ).toThrow(RangeError);
  });

  it("takes a name and a password out of its URL", async () => {
    await asyncWith(serve(answer([])), async ({ url, requests }) => {
      const place = url.replace("//", "//me:p%3Aw@");
      await new TamsClient(place).sources.page();
      const value = Buffer.from("me:p:w").toString("base64");
      expect(requests[0]?.headers.authorization).toBe(`Basic ${value}`);
    });
  });

  it("asks for nothing whose name would change what the path means", async () => {
    await asyncWith(serve(answer([])), async ({ url, requests }) => {
      const { flows } = new TamsClient(url);
      for (const id of ["", ".", ".."]) {
        await expect(flows.get(id)).rejects.toThrow(TypeError);
      }
      expect(requests).toEqual([]);
    });
  });

  it("takes the list of failed segments as AWS answers with it, too", async () => {
    const post = { object_id: "a", timerange: "[0:0_1:0)" };
    await asyncWith(
      serve(answer([post]), answer({ failed_segments: [post] })),
      async ({ url }) => {
        const { segments } = new TamsClient(url);
        expect(await segments.add("1", [post])).toEqual([post]);
        expect(await segments.add("1", post)).toEqual([post]);
      },
    );
  });

  it("encodes the parts of a path, and once", async () => {
    await asyncWith(
      serve(answer(undefined, 204)),
      async ({ url, requests }) => {
        const { sources } = new TamsClient(url);
        await sources.setTag("a/b", "50% & more?", "x");
        expect(requests[0]).toMatchObject({ method: "PUT", body: '"x"' });
        expect(requests[0]?.url.pathname).toBe(
          "/api/sources/a%2Fb/tags/50%25%20%26%20more%3F",
        );
      },
    );
  });

  it("refuses an answer that does not follow its schema", async () => {
    await asyncWith(serve(answer({ id: "1" })), async ({ url }) => {
      await expect(new TamsClient(url).sources.get("1")).rejects.toThrow(
        WireError,
      );
    });
  });
});

describe("a listing", () => {
  it("asks for a page when the one before has been read, and keeps the filters", async () => {
    const first = answer([source], 200, { "X-Paging-NextKey": "k/2" });
    await asyncWith(
      serve(first, answer([source])),
      async ({ url, requests }) => {
        const listing = new TamsClient(url).sources.list({ label: "a&b" });
        await listing.next();
        expect(requests).toHaveLength(1);
        await listing.next();
        expect(requests).toHaveLength(2);
        expect((await listing.next()).done).toBe(true);
        expect(requests[1]?.url.search).toBe("?label=a%26b&page=k%2F2");
      },
    );
  });

  it("goes on by the link where there is no key of its own", async () => {
    const link = '<https://elsewhere.example/sources?page=2>; rel="next"';
    const first = answer([source], 200, { Link: link });
    await asyncWith(serve(first, answer([])), async ({ url, requests }) => {
      await new TamsClient(url).sources.list().toArray();
      expect(requests[1]?.url.searchParams.get("page")).toBe("2");
    });
  });
});

describe("a request that fails", () => {
  it("is made again where it may pass", async () => {
    await asyncWith(serve(busy, hangUp, answer(source)), async ({ url }) => {
      const client = new TamsClient(url, { retry });
      expect(await client.sources.get(source.id)).toEqual(source);
    });
  });

  it("is given up after so many attempts, with what was asked", async () => {
    await asyncWith(serve(hangUp), async ({ url, requests }) => {
      const client = new TamsClient(url, { retry });
      await expect(client.sources.get("1")).rejects.toMatchObject({
        code: "TAMS_UNREACHABLE",
        attempts: 3,
        mayBeDone: false,
      });
      expect(requests).toHaveLength(3);
    });
  });

  it("is not made again where it may have been done", async () => {
    await asyncWith(serve(hangUp), async ({ url, requests }) => {
      const { storage } = new TamsClient(url, { retry });
      const failed = storage.allocate("1");
      await expect(failed).rejects.toThrow(ServiceUnreachableError);
      await expect(failed).rejects.toMatchObject({ mayBeDone: true });
      expect(requests).toHaveLength(1);
    });
  });

  it("is made again where the service says that it has not begun", async () => {
    const later = answer({}, 503, { "Retry-After": "0" });
    const done = answer({ media_objects: [] }, 201);
    await asyncWith(serve(later, done), async ({ url }) => {
      const { storage } = new TamsClient(url, { retry });
      expect(await storage.allocate("1")).toEqual([]);
    });
  });

  it("tells what the service said, and no credentials", async () => {
    await asyncWith(serve(refused), async ({ url, requests }) => {
      const credentials = { kind: "url-token", token: "secret" } as const;
      const client = new TamsClient(url, { credentials, retry });
      const failed = client.sources.get("1");
      await expect(failed).rejects.toThrow(ResponseError);
      await expect(failed).rejects.toThrow("No such thing");
      await expect(failed).rejects.not.toThrow("secret");
      expect(requests[0]?.url.searchParams.get("access_token")).toBe("secret");
      expect(requests).toHaveLength(1);
    });
  });

  it("tells an answer that is cut off from one that is refused", async () => {
    const cutOff = (_request: unknown, response: ServerResponse) => {
      response.writeHead(201, { "Content-Length": 100 });
      response.write('{"id":', () => response.destroy());
    };
    const flow = {
      id: source.id,
      source_id: source.id,
      format: "urn:x-nmos:format:multi",
    } as const;
    await asyncWith(serve(cutOff), async ({ url }) => {
      const failed = new TamsClient(url, { retry }).flows.put(flow);
      await expect(failed).rejects.toMatchObject({
        code: "TAMS_UNREACHABLE",
        mayBeDone: true,
      });
    });
  });

  it("ends when its signal is aborted", async () => {
    const reason = new Error("enough");
    await asyncWith(
      serve(() => undefined),
      async ({ url }) => {
        const controller = new AbortController();
        const failed = new TamsClient(url).sources.get("1", {
          signal: controller.signal,
        });
        controller.abort(reason);
        await expect(failed).rejects.toBe(reason);
      },
    );
  });
});

describe("credentials", () => {
  it("are a name and a password of any letters", async () => {
    await asyncWith(serve(answer([])), async ({ url, requests }) => {
      const credentials = {
        kind: "basic",
        username: "ä",
        password: "p:w",
      } as const;
      await new TamsClient(url, { credentials }).sources.page();
      const value = Buffer.from("ä:p:w").toString("base64");
      expect(requests[0]?.headers.authorization).toBe(`Basic ${value}`);
    });
  });

  it("are asked for again when they are refused, once", async () => {
    await asyncWith(
      serve(answer({}, 401), answer([])),
      async ({ url, requests }) => {
        let count = 0;
        const token = () => `t${(count += 1)}`;
        await new TamsClient(url, {
          credentials: { kind: "bearer", token },
        }).sources.page();
        expect(requests.map((each) => each.headers.authorization)).toEqual([
          "Bearer t1",
          "Bearer t2",
        ]);
      },
    );
    await asyncWith(serve(answer({}, 401)), async ({ url, requests }) => {
      const credentials = { kind: "bearer", token: () => "t" } as const;
      await expect(
        new TamsClient(url, { credentials }).sources.page(),
      ).rejects.toMatchObject({ status: 401 });
      expect(requests).toHaveLength(2);
    });
  });

  it("are a client's own, whose token is asked for once for all who wait", async () => {
    const token = answer({
      access_token: "abc",
      token_type: "bearer",
      expires_in: 3600,
    });
    await asyncWith(serve(token), (authority) =>
      asyncWith(serve(answer([])), async ({ url, requests }) => {
        const client = new TamsClient(url, {
          credentials: {
            kind: "client-credentials",
            tokenUrl: authority.url,
            clientId: "me",
            clientSecret: "s",
            scopes: ["tams-api/read", "tams-api/write"],
          },
        });
        await Promise.all([client.sources.page(), client.flows.page()]);
        expect(requests.map((each) => each.headers.authorization)).toEqual([
          "Bearer abc",
          "Bearer abc",
        ]);
        expect(authority.requests).toHaveLength(1);
        expect(authority.requests[0]?.body).toContain(
          "grant_type=client_credentials",
        );
      }),
    );
  });

  it("are asked for anew once, where one token is refused to many", async () => {
    let count = 0;
    const token = (_request: unknown, response: ServerResponse) => {
      response.setHeader("Content-Type", "application/json");
      response.end(
        JSON.stringify({
          access_token: `t${(count += 1)}`,
          token_type: "bearer",
        }),
      );
    };
    await asyncWith(serve(token), (authority) =>
      asyncWith(
        serve(({ headers }, response) => {
          response.statusCode =
            headers.authorization === "Bearer t1" ? 401 : 200;
          response.end("[]");
        }),
        async ({ url }) => {
          const client = new TamsClient(url, {
            credentials: {
              kind: "client-credentials",
              tokenUrl: authority.url,
              clientId: "me",
              clientSecret: "s",
            },
          });
          const pages = [1, 2, 3, 4].map(() => client.sources.page());
          await Promise.all(pages);
          expect(authority.requests).toHaveLength(2);
        },
      ),
    );
  });

  it("that nobody gives are told by an error of their own", async () => {
    await asyncWith(
      serve(answer({ error: "invalid_client" }, 401)),
      async ({ url }) => {
        const client = new TamsClient(url, {
          credentials: {
            kind: "client-credentials",
            tokenUrl: url,
            clientId: "me",
            clientSecret: "wrong",
          },
        });
        await expect(client.sources.page()).rejects.toThrow(
          AuthenticationError,
        );
      },
    );
  });

  it("do not go to another origin", async () => {
    await asyncWith(serve(answer("media")), (elsewhere) =>
      asyncWith(serve(answer([])), async ({ url }) => {
        const credentials = { kind: "bearer", token: "t" } as const;
        const client = new TamsClient(url, { credentials });
        await client.media.get(elsewhere.url);
        expect(elsewhere.requests[0]?.headers.authorization).toBeUndefined();
      }),
    );
  });
});

describe("the bytes of an object", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);
  const whole = (
    _request: unknown,
    response: import("node:http").ServerResponse,
  ) => {
    response.writeHead(200, { "Content-Length": 100, ETag: '"1"' });
    response.end(bytes);
  };
  const cutOff = (
    _request: unknown,
    response: import("node:http").ServerResponse,
  ) => {
    response.writeHead(200, { "Content-Length": 100, ETag: '"1"' });
    response.write(bytes.subarray(0, 40), () => response.destroy());
  };

  it("are read whole", async () => {
    await asyncWith(serve(whole), async ({ url }) => {
      expect(await new TamsClient(url).media.get(url)).toEqual(bytes);
    });
  });

  it("are cut where the server does not know ranges", async () => {
    await asyncWith(serve(whole), async ({ url, requests }) => {
      const part = await new TamsClient(url).media.get(url, {
        start: 10,
        end: 20,
      });
      expect(part).toEqual(bytes.subarray(10, 20));
      expect(requests[0]?.headers.range).toBe("bytes=10-19");
    });
  });

  it("go on where they were cut off, of the same object", async () => {
    const rest = (
      _request: unknown,
      response: import("node:http").ServerResponse,
    ) => {
      response.writeHead(206, { "Content-Range": "bytes 40-99/100" });
      response.end(bytes.subarray(40));
    };
    await asyncWith(serve(cutOff, rest), async ({ url, requests }) => {
      expect(await new TamsClient(url).media.get(url)).toEqual(bytes);
      expect(requests[1]?.headers).toMatchObject({
        range: "bytes=40-",
        "if-match": '"1"',
      });
    });
  });

  it("are put with the headers that the place asks for", async () => {
    await asyncWith(
      serve(answer(undefined, 204)),
      async ({ url, requests }) => {
        const place = {
          url,
          "content-type": "video/mp4",
          headers: { "x-a": "1" },
        };
        await new TamsClient(url).media.put(place, Uint8Array.of(65));
        expect(requests[0]).toMatchObject({
          method: "PUT",
          body: "A",
          headers: { "content-type": "video/mp4", "x-a": "1" },
        });
      },
    );
  });
});

describe("bytes that are written", () => {
  const place = { url: "media", "content-type": "video/mp2t" };
  const large = (count: number) =>
    (async function* () {
      for (let index = 0; index < count; index++) {
        await Promise.resolve();
        yield new Uint8Array(1024 * 1024).fill(index);
      }
    })();

  it("have a length if they come to little, and are sent again", async () => {
    await asyncWith(
      serve(hangUp, answer(undefined, 200)),
      async ({ url, requests }) => {
        const { media } = new TamsClient(url, { retry });
        await media.put(place, large(2));
        expect(requests).toHaveLength(2);
        expect(requests[1]?.headers).toMatchObject({
          "content-length": `${2 * 1024 * 1024}`,
          "content-type": "video/mp2t",
        });
      },
    );
  });

  it("go piece by piece, and once, if they come to more", async () => {
    const handlers = [answer(undefined, 200), answer({}, 503)];
    await asyncWith(serve(...handlers), async ({ url, requests }) => {
      const { media } = new TamsClient(url, { retry });
      await media.put(place, large(34));
      expect(requests[0]?.body.length).toBe(34 * 1024 * 1024);
      expect(requests[0]?.headers["content-length"]).toBe(undefined);

      await expect(media.put(place, large(34))).rejects.toMatchObject({
        status: 503,
        attempts: 1,
      });
      expect(requests).toHaveLength(2);
    });
  });

  it("fail with what their source fails with", async () => {
    const reason = new RangeError("No more");
    const failing = (async function* () {
      yield* large(34);
      throw reason;
    })();
    await asyncWith(serve(answer(undefined, 200)), async ({ url }) => {
      const { media } = new TamsClient(url, { retry });
      await expect(media.put(place, failing)).rejects.toBe(reason);
    });
  });
});
