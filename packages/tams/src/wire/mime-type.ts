import { z } from "zod";

const token = "[0-9A-Za-z!#$%&'*+.^_`|~-]+";
const top =
  "application|audio|font|example|image|message|model|multipart|text|video";

/** A MIME type without parameters. Source: TAMS 8.2, `mime-type.json`. */
export const mimeTypeSchema: z.ZodType<string, string> = z
  .string()
  .regex(new RegExp(`^(${top}|x-${token})/${token}$`), {
    error: "is no MIME type: write it as in 'video/mp4'",
  });

/** A codec or a container of a flow. Source: TAMS 8.2, `flow-technical.json`. */
export const mediaTypeSchema: z.ZodType<string, string> = z
  .string()
  .regex(/^[^\s/]+\/[^\s/]+$/, {
    error: "is no MIME type: write it as in 'video/h264'",
  });
