import type { ContentFormat } from "../wire/content-format.ts";
import { oneOf, type Parameter } from "./parameter.ts";

/** What a source or a flow is of. */
export const contentFormat: Parameter<ContentFormat> = oneOf(
  "urn:x-nmos:format:video",
  "urn:x-nmos:format:audio",
  "urn:x-tam:format:image",
  "urn:x-nmos:format:data",
  "urn:x-nmos:format:multi",
);
