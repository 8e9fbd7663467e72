import type { MonoTechnical } from "./flow.ts";
import type { Tags } from "./tags.ts";

/** A profile: the technical part that several flows share. Source: TAMS 8.2, `profile.json`. */
export interface Profile {
  /** Its id: a UUID. */
  readonly id: string;
  /** A short name. */
  readonly label?: string | undefined;
  /** A text about it. */
  readonly description?: string | undefined;
  /** Who made it. */
  readonly created_by?: string | undefined;
  /** When it was made. */
  readonly created?: string | undefined;
  /** Names and values. */
  readonly tags?: Tags | undefined;
  /** The technical part. */
  readonly flow_metadata: MonoTechnical;
}
