import type { z } from "zod";
import type { Exchange } from "./exchange.ts";

/** The verbs that paths have; who has GET has HEAD as well. */
export type RouteMethod = "GET" | "PUT" | "POST" | "DELETE";

/** What is answered to one verb on one path. */
export interface Route {
  /** The verb. */
  readonly method: RouteMethod;
  /** The path, with its places in braces: `/flows/{flowId}`. */
  readonly path: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** The parameters of its query. */
  readonly query?: readonly string[];
  /** What its body has to be, if it has one. */
  readonly body?: z.ZodType;
  /** What is answered, by status. */
  readonly replies: Readonly<Record<number, z.ZodType | string>>;
  /** Whether it may take as long as it takes, as the moving of bytes does. */
  readonly isUntimed?: boolean;
  /** Answers a request. What it throws is answered as an error. */
  readonly handle: (exchange: Exchange) => Promise<Response>;
}

/** Makes a table of routes: each handler knows what it is given. */
export function routeTable(routes: readonly Route[]): readonly Route[] {
  return routes;
}
