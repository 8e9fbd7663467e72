import type { ContentFormat } from "../wire/content-format.ts";
import { contentFormat } from "./content-format.ts";
import { text } from "./parameter.ts";
import { createQueryFormat, type QueryFormat } from "./query-format.ts";

/** Which profiles are listed. Source: TAMS 8.2, `/service/profiles`. */
export interface ProfileQuery {
  /** Of this format. */
  readonly format?: ContentFormat;
  /** Coded in this way: a MIME type, to the letter. */
  readonly codec?: string;
  /** With this label, to the letter. */
  readonly label?: string;
}

/** How `GET /service/profiles` is asked. */
export const profileQueryFormat: QueryFormat<ProfileQuery> = createQueryFormat({
  format: ["format", contentFormat],
  codec: ["codec", text],
  label: ["label", text],
});
