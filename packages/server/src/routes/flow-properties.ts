import type { FlowProperties } from "@sluice/store";
import { flowCollectionSchema, tagsSchema, tagValueSchema } from "@sluice/tams";
import { z } from "zod";
import { getActor, getParameter, type Exchange } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyEmpty, replyJson } from "../http/reply.ts";
import { routeTable, type Route } from "../http/route.ts";
import { findTag, replyProperty } from "./property-reply.ts";

const bitRate = z.int().min(0);

/** What of a flow can be read and set by itself: tags, texts, its collection, bit rates. */
export const flowPropertyRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/flows/{flowId}/tags",
    summary: "Give a flow's tags",
    replies: { 200: tagsSchema },
    handle: async (exchange) => replyJson((await getFlow(exchange)).tags ?? {}),
  },
  {
    method: "GET",
    path: "/flows/{flowId}/tags/{name}",
    summary: "Give a tag of a flow",
    replies: { 200: tagValueSchema },
    handle: async (exchange) => {
      const name = getParameter(exchange, "name");
      const { tags } = await getFlow(exchange);
      return replyProperty(findTag(tags, name), `tag '${name}'`);
    },
  },
  {
    method: "PUT",
    path: "/flows/{flowId}/tags/{name}",
    summary: "Set a tag of a flow",
    body: tagValueSchema,
    replies: { 204: "It is set" },
    handle: async (exchange) => {
      await getFlow(exchange);
      await setTag(
        exchange,
        await readDocument(exchange, tagValueSchema, "tag"),
      );
      return replyEmpty(204);
    },
  },
  {
    method: "DELETE",
    path: "/flows/{flowId}/tags/{name}",
    summary: "Take a tag from a flow",
    replies: { 204: "It is gone" },
    handle: async (exchange) => {
      await setTag(exchange, undefined);
      return replyEmpty(204);
    },
  },
  ...createRoutes("description", { schema: z.string() }),
  ...createRoutes("label", { schema: z.string() }),
  ...createRoutes("flow_collection", {
    schema: flowCollectionSchema,
    // One that collects nothing and one that has no collection are the same.
    absent: [],
  }),
  ...createRoutes("max_bit_rate", { schema: bitRate }),
  ...createRoutes("avg_bit_rate", { schema: bitRate }),
  ...createRoutes("read_only", { schema: z.boolean(), absent: false }).filter(
    ({ method }) => method !== "DELETE",
  ),
]);

function createRoutes<K extends keyof FlowProperties>(
  name: K,
  {
    schema,
    absent,
  }: {
    readonly schema: z.ZodType<FlowProperties[K]>;
    /** What is told if it has not been set. */
    readonly absent?: FlowProperties[K];
  },
): readonly Route[] {
  const path = `/flows/{flowId}/${name}`;
  return [
    {
      method: "GET",
      path,
      summary: `Give a flow's ${name}`,
      replies: { 200: schema },
      handle: async (exchange) => {
        const flow = await getFlow(exchange);
        return replyProperty(flow[name] ?? absent, name);
      },
    },
    {
      method: "PUT",
      path,
      summary: `Set a flow's ${name}`,
      body: schema,
      replies: { 204: "It is set" },
      handle: async (exchange) => {
        await getFlow(exchange);
        await setProperty(
          exchange,
          name,
          await readDocument(exchange, schema, name),
        );
        return replyEmpty(204);
      },
    },
    {
      method: "DELETE",
      path,
      summary: `Take a flow's ${name} away`,
      replies: { 204: "It is gone" },
      handle: async (exchange) => {
        await setProperty(exchange, name, undefined);
        return replyEmpty(204);
      },
    },
  ];
}

function getFlow(exchange: Exchange): ReturnType<Exchange["store"]["getFlow"]> {
  return exchange.store.getFlow(getParameter(exchange, "flowId"));
}

function setProperty<K extends keyof FlowProperties>(
  exchange: Exchange,
  name: K,
  value: FlowProperties[K] | undefined,
): Promise<void> {
  const id = getParameter(exchange, "flowId");
  return exchange.store.setFlowProperty(id, name, value, getActor(exchange));
}

function setTag(
  exchange: Exchange,
  value: string | readonly string[] | undefined,
): Promise<void> {
  const id = getParameter(exchange, "flowId");
  const name = getParameter(exchange, "name");
  return exchange.store.setFlowTag(id, name, value, getActor(exchange));
}
