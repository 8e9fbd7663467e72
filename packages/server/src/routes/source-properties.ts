import type { TextProperty } from "@sluice/store";
import { tagsSchema, tagValueSchema } from "@sluice/tams";
import { z } from "zod";
import { getActor, getParameter, type Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";
import { findTag, replyProperty } from "./property-reply.ts";

/** `/sources/{sourceId}/tags`, `/description` and `/label`. */
export const sourcePropertyRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/sources/{sourceId}/tags",
    summary: "Give a source's tags",
    replies: { 200: tagsSchema },
    handle: async (exchange) =>
      replyJson((await getSource(exchange)).tags ?? {}),
  },
  {
    method: "GET",
    path: "/sources/{sourceId}/tags/{name}",
    summary: "Give a tag of a source",
    replies: { 200: tagValueSchema },
    handle: async (exchange) => {
      const name = getParameter(exchange, "name");
      const { tags } = await getSource(exchange);
      return replyProperty(findTag(tags, name), `tag '${name}'`);
    },
  },
  {
    method: "PUT",
    path: "/sources/{sourceId}/tags/{name}",
    summary: "Set a tag of a source",
    body: tagValueSchema,
    replies: { 204: "It is set" },
    handle: async (exchange) => {
      await getSource(exchange);
      await setTag(
        exchange,
        await readDocument(exchange, tagValueSchema, "tag"),
      );
      return replyEmpty(204);
    },
  },
  {
    method: "DELETE",
    path: "/sources/{sourceId}/tags/{name}",
    summary: "Take a tag from a source",
    replies: { 204: "It is gone" },
    handle: async (exchange) => {
      await setTag(exchange, undefined);
      return replyEmpty(204);
    },
  },
  ...createTextRoutes("description"),
  ...createTextRoutes("label"),
]);

function createTextRoutes(name: TextProperty): readonly Route[] {
  const path = `/sources/{sourceId}/${name}`;
  return [
    {
      method: "GET",
      path,
      summary: `Give a source's ${name}`,
      replies: { 200: z.string() },
      handle: async (exchange) =>
        replyProperty((await getSource(exchange))[name], name),
    },
    {
      method: "PUT",
      path,
      summary: `Set a source's ${name}`,
      body: z.string(),
      replies: { 204: "It is set" },
      handle: async (exchange) => {
        await getSource(exchange);
        await setText(
          exchange,
          name,
          await readDocument(exchange, z.string(), name),
        );
        return replyEmpty(204);
      },
    },
    {
      method: "DELETE",
      path,
      summary: `Take a source's ${name} away`,
      replies: { 204: "It is gone" },
      handle: async (exchange) => {
        await setText(exchange, name, undefined);
        return replyEmpty(204);
      },
    },
  ];
}

function getSource(
  exchange: Exchange,
): ReturnType<Exchange["store"]["getSource"]> {
  return exchange.store.getSource(getParameter(exchange, "sourceId"));
}

function setTag(
  exchange: Exchange,
  value: string | readonly string[] | undefined,
): Promise<void> {
  const id = getParameter(exchange, "sourceId");
  const name = getParameter(exchange, "name");
  return exchange.store.setSourceTag(id, name, value, getActor(exchange));
}

function setText(
  exchange: Exchange,
  name: TextProperty,
  value: string | undefined,
): Promise<void> {
  const id = getParameter(exchange, "sourceId");
  return exchange.store.setSourceText(id, name, value, getActor(exchange));
}
