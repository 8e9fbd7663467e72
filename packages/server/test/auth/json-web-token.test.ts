import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  createAuthentication,
  IdentityProviderError,
  type Identity,
  type JwtOptions,
} from "@sluice/server";
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type JWTPayload,
} from "jose";
import { asyncContextManager, asyncWith } from "sluice";
import { describe, expect, it } from "vitest";

const issuer = "https://issuer.example";
const audience = "tams";
const secret = new TextEncoder().encode("a secret of more than 32 bytes is it");
const bySecret: JwtOptions = { issuer, audience, keys: { secret } };

const good: JWTPayload = {
  iss: issuer,
  aud: [audience, "other"],
  sub: "ada",
  scope: "openid tams-api/read tams-api/delete other/write",
  groups: ["news", "sport"],
};

describe("JSON Web Tokens", () => {
  it("tell who it is, with which scopes, in which groups", async () => {
    expect(await ask(bySecret, await sign(good))).toEqual({
      name: "ada",
      scopes: ["read", "delete"],
      groups: ["news", "sport"],
    });
  });

  it("have scopes as a list, and claims of other names", async () => {
    const options = {
      ...bySecret,
      scopePrefix: "",
      groupsClaim: "cognito:groups",
      nameClaim: "client_id",
    };
    const token = await sign({
      iss: issuer,
      aud: audience,
      scp: ["read", "admin"],
      client_id: "player",
      "cognito:groups": "news sport",
    });

    expect(await ask(options, token)).toEqual({
      name: "player",
      scopes: ["read", "admin"],
      groups: ["news", "sport"],
    });
  });

  it.each<[string, JWTPayload]>([
    ["of another issuer", { iss: "https://other.example" }],
    ["for another audience", { aud: "other" }],
    ["that are over", { exp: seconds(-60) }],
    ["that are not yet valid", { nbf: seconds(60) }],
  ])("are refused %s", async (_, change) => {
    expect(
      await ask(bySecret, await sign({ ...good, ...change })),
    ).toBeInstanceOf(Response);
  });

  it("are refused without an end", async () => {
    const token = await new SignJWT(good)
      .setProtectedHeader({ alg: "HS256" })
      .sign(secret);

    expect(await ask(bySecret, token)).toBeInstanceOf(Response);
  });

  it("are refused with another's signature, or none", async () => {
    const other = await sign(good, new Uint8Array(32));
    const payload = Buffer.from(
      JSON.stringify({ ...good, exp: seconds(60) }),
    ).toString("base64url");
    const header = Buffer.from('{"alg":"none"}').toString("base64url");

    expect(await ask(bySecret, other)).toBeInstanceOf(Response);
    expect(await ask(bySecret, `${header}.${payload}.`)).toBeInstanceOf(
      Response,
    );
    expect(await ask(bySecret, "no token at all")).toBeInstanceOf(Response);
  });

  it("are refused if a public key was taken for a secret", async () => {
    const { publicKey } = await generateKeyPair("RS256", { extractable: true });
    const set = { keys: [{ ...(await exportJWK(publicKey)), kid: "1" }] };
    const bytes = new TextEncoder().encode(await exportSPKI(publicKey));
    const token = await sign(good, bytes);

    expect(
      await ask({ issuer, audience, keys: { set } }, token),
    ).toBeInstanceOf(Response);
  });

  it("are checked by the keys that the issuer shows", async () => {
    const { publicKey, privateKey } = await generateKeyPair("ES256", {
      extractable: true,
    });
    const key = { ...(await exportJWK(publicKey)), kid: "1", alg: "ES256" };

    await asyncWith(serve(200, { keys: [key] }), async (url) => {
      const options = { issuer, audience, keys: { url } };
      const authenticate = createAuthentication({ jwt: options });
      const token = await new SignJWT(good)
        .setProtectedHeader({ alg: "ES256", kid: "1" })
        .setExpirationTime("1 min")
        .sign(privateKey);
      const unknown = await new SignJWT(good)
        .setProtectedHeader({ alg: "ES256", kid: "2" })
        .setExpirationTime("1 min")
        .sign(privateKey);

      expect(await authenticate(withToken(token))).toMatchObject({
        name: "ada",
      });
      expect(await authenticate(withToken(unknown))).toBeInstanceOf(Response);
    });
  });

  it("cannot be checked while the issuer shows no keys", async () => {
    const { privateKey } = await generateKeyPair("ES256");
    const token = await new SignJWT(good)
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .setExpirationTime("1 min")
      .sign(privateKey);

    await asyncWith(serve(500, {}), async (url) => {
      const options = { issuer, audience, keys: { url } };

      await expect(ask(options, token)).rejects.toThrow(IdentityProviderError);
    });
  });
});

function ask(jwt: JwtOptions, token: string): Promise<Identity | Response> {
  return createAuthentication({ jwt })(withToken(token));
}

function withToken(token: string): Request {
  return new Request("https://example.com/flows", {
    headers: { Authorization: `Bearer ${token}` },
  });
}

function sign(payload: JWTPayload, key: Uint8Array = secret): Promise<string> {
  return new SignJWT({ exp: seconds(60), ...payload })
    .setProtectedHeader({ alg: "HS256" })
    .sign(key);
}

function seconds(fromNow: number): number {
  return Math.floor(Date.now() / 1000) + fromNow;
}

/** A server that answers the same to everyone. */
const serve = asyncContextManager(async function* (
  status: number,
  document: object,
) {
  const server = createServer((_, response) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    // A server that listens at a port has an address of this kind.
    const { port } = server.address() as AddressInfo;
    yield `http://127.0.0.1:${port}/keys.json`;
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
