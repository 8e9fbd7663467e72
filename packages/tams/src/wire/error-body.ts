import { z } from "zod";
import { dateTimeSchema } from "./time-text.ts";

/** How a refusal is written. Source: TAMS 8.2, `error.json`. */
export interface ErrorBody {
  /** Which kind, in one word. */
  readonly type: string;
  /** What is wrong, in a sentence. */
  readonly summary: string;
  /** When. */
  readonly time: string;
  /** Where; the store never tells. */
  readonly traceback?: readonly string[] | undefined;
}

/** Source: TAMS 8.2, `error.json`. */
export const errorBodySchema: z.ZodType<ErrorBody> = z.looseObject({
  type: z.string(),
  summary: z.string(),
  traceback: z.array(z.string()).optional(),
  time: dateTimeSchema,
});
