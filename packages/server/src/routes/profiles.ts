import {
  pageOptionsFormat,
  profileQueryFormat,
  profileSchema,
} from "@sluice/tams";
import { z } from "zod";
import { BadRequestError } from "../error/bad-request-error.ts";
import { getActor, getParameter } from "../http/exchange.ts";
import { readDocument } from "../http/read-json.ts";
import { replyJson } from "../http/reply.ts";
import { replyPage } from "../http/reply-page.ts";
import { routeTable, type Route } from "../http/route.ts";

/** `/service/profiles`: technical parts that several flows share. */
export const profileRoutes: readonly Route[] = routeTable([
  {
    method: "GET",
    path: "/service/profiles",
    summary: "List profiles",
    query: ["format", "codec", "label", "page", "limit"],
    replies: { 200: z.array(profileSchema) },
    handle: async (exchange) => {
      const { searchParams } = exchange.url;
      const { items, next, limit } = await exchange.store.listProfiles(
        profileQueryFormat.parse(searchParams),
        pageOptionsFormat.parse(searchParams),
      );
      return replyPage(exchange, items, { next, limit });
    },
  },
  {
    method: "GET",
    path: "/service/profiles/{profileId}",
    summary: "Give a profile",
    replies: { 200: profileSchema },
    handle: async (exchange) => {
      const id = getParameter(exchange, "profileId");
      return replyJson(await exchange.store.getProfile(id));
    },
  },
  {
    method: "POST",
    path: "/service/profiles/{profileId}",
    summary: "Make a profile, for good",
    body: profileSchema,
    replies: { 201: profileSchema },
    handle: async (exchange) => {
      const id = getParameter(exchange, "profileId");
      const profile = await readDocument(exchange, profileSchema, "profile");
      if (profile.id !== id) {
        throw new BadRequestError(
          `Cannot make profile '${id}' of a document whose id is '${profile.id}': give them the same`,
        );
      }
      const actor = getActor(exchange);
      return replyJson(await exchange.store.createProfile(profile, actor), 201);
    },
  },
]);
