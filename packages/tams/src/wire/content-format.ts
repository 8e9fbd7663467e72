import { z } from "zod";
/** What a source or a flow is of: the URNs of NMOS, and TAMS's own for images. */
export type ContentFormat =
  | "urn:x-nmos:format:video"
  | "urn:x-nmos:format:audio"
  | "urn:x-tam:format:image"
  | "urn:x-nmos:format:data"
  | "urn:x-nmos:format:multi";

/** Source: TAMS 8.2, `content-format.json`. */
export const contentFormatSchema: z.ZodType<ContentFormat> = z.enum([
  "urn:x-nmos:format:video",
  "urn:x-nmos:format:audio",
  "urn:x-tam:format:image",
  "urn:x-nmos:format:data",
  "urn:x-nmos:format:multi",
]);
