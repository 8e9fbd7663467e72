import { createAuthentication, type Identity } from "@sluice/server";
import { describe, expect, it } from "vitest";

const users = [
  { name: "ada", password: "pass:word", scopes: ["read"] },
  { name: "änne", password: "größer als acht", scopes: ["write"] },
] as const;
const token = "a-token-that-is-long";
const authenticate = createAuthentication({
  users,
  tokens: [{ token, name: "player", scopes: ["read"], groups: ["news"] }],
});

describe("createAuthentication()", () => {
  it("knows people by name and password", async () => {
    expect(await ask(basic("ada", "pass:word"))).toEqual({
      name: "ada",
      scopes: ["read"],
    });
    expect(await ask(basic("änne", "größer als acht"))).toMatchObject({
      name: "änne",
    });
  });

  it.each([
    ["another password", basic("ada", "pass:wor")],
    ["another name", basic("bob", "pass:word")],
    ["a name that ends elsewhere", basic("ada:pass", "word!!!!")],
    ["no base 64", "Basic %%%"],
    ["another scheme", "Digest abc"],
    ["a scheme without credentials", "Basic"],
    ["another token", "Bearer a-token-that-is-lonG"],
    ["nothing", ""],
  ])("refuses %s", async (_, header) => {
    const response = await refusal(header);

    expect(response.status).toBe(401);
    expect(response.headers.get("WWW-Authenticate")).toContain("Basic realm=");
    expect(response.headers.get("WWW-Authenticate")).toContain("Bearer realm=");
    expect(await response.json()).toMatchObject({
      type: "SERVER_UNAUTHENTICATED",
    });
  });

  it("knows programs by a token", async () => {
    const player = { name: "player", scopes: ["read"], groups: ["news"] };

    expect(await ask(`Bearer ${token}`)).toEqual(player);
    expect(await ask(`bearer ${token}`)).toEqual(player);
  });

  it("takes a token in the URL", async () => {
    const url = `https://example.com/flows?access_token=${token}`;

    expect(await authenticate(new Request(url))).toMatchObject({
      name: "player",
    });
  });

  it.each([
    ["a bad one", "access_token=x"],
    ["two of them", `access_token=${token}&access_token=${token}`],
    ["none", "access_tokens=x"],
  ])("refuses %s in the URL", async (_, query) => {
    const answer = await authenticate(
      new Request(`https://example.com/flows?${query}`),
    );

    expect(answer).toBeInstanceOf(Response);
  });

  it("refuses tokens in URLs where they are not wanted", async () => {
    const strict = createAuthentication({
      tokens: [{ token }],
      urlTokens: false,
    });
    const url = `https://example.com/flows?access_token=${token}`;

    expect(await strict(new Request(url))).toBeInstanceOf(Response);
  });

  it("refuses bad credentials beside good ones", async () => {
    const answer = await authenticate(
      new Request(`https://example.com/?access_token=${token}`, {
        headers: { Authorization: "Bearer wrong" },
      }),
    );

    expect(answer).toBeInstanceOf(Response);
  });

  it("says that a token is bad, and offers only what it takes", async () => {
    const strict = createAuthentication({ tokens: [{ token }], realm: 'a"b' });
    const answer = await strict(
      new Request("https://example.com", {
        headers: { Authorization: "Bearer wrong" },
      }),
    );

    expect(toResponse(answer).headers.get("WWW-Authenticate")).toBe(
      'Bearer realm="ab", error="invalid_token"',
    );
  });

  it("asks for something that people are known by", () => {
    expect(() => createAuthentication({})).toThrow(TypeError);
    expect(() => createAuthentication({ users: [] })).toThrow(TypeError);
  });

  it.each([
    ["a short token", { tokens: [{ token: "short" }] }, RangeError],
    [
      "a short password",
      { users: [{ name: "a", password: "short" }] },
      RangeError,
    ],
    [
      "a colon in a name",
      { users: [{ name: "a:b", password: "long enough" }] },
      TypeError,
    ],
    [
      "one name twice",
      {
        users: [
          { name: "a", password: "long enough" },
          { name: "a", password: "long enough too" },
        ],
      },
      TypeError,
    ],
    [
      "a short secret",
      {
        jwt: {
          issuer: "https://issuer.example",
          keys: { secret: new Uint8Array(31) },
        },
      },
      RangeError,
    ],
  ])("does not take %s", (_, options, type) => {
    expect(() => createAuthentication(options)).toThrow(type);
  });
});

function ask(header: string): Promise<Identity | Response> {
  const headers = header === "" ? {} : { Authorization: header };
  return authenticate(new Request("https://example.com/flows", { headers }));
}

async function refusal(header: string): Promise<Response> {
  return toResponse(await ask(header));
}

function toResponse(answer: Identity | Response): Response {
  if (answer instanceof Response) return answer;
  throw new TypeError("It was not refused");
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;
}
