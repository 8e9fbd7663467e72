import { z } from "zod";
import type { Route } from "../http/route.ts";

/**
 * Describes what is served, as OpenAPI 3.1 has it; documents are described as far as their
 * schemas can be told.
 *
 * @param routes What is served.
 * @param base Where.
 */
export function createOpenApi(routes: readonly Route[], base: URL): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = describe(route);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Time-addressable Media Store",
      version: "8.2",
      description: "TAMS 8.2 as Sluice serves it. HEAD goes wherever GET does.",
    },
    servers: [{ url: base.href }],
    paths,
  };
}

function describe(route: Route): object {
  const { body, replies } = route;
  return {
    summary: route.summary,
    operationId: `${route.method} ${route.path}`,
    parameters: [...listPlaces(route.path), ...listQuery(route.query ?? [])],
    ...(body !== undefined && { requestBody: { content: toContent(body) } }),
    responses: Object.fromEntries(
      Object.entries(replies).map(([status, reply]) => [
        status,
        typeof reply === "string"
          ? { description: reply }
          : { description: "It is done", content: toContent(reply) },
      ]),
    ),
  };
}

function listPlaces(path: string): readonly object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function listQuery(names: readonly string[]): readonly object[] {
  return names.map((name) => ({
    name,
    in: "query",
    required: false,
    schema: { type: "string" },
  }));
}

function toContent(schema: z.ZodType): object {
  const described = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  return { "application/json": { schema: described } };
}
