/** Who asks. */
export interface Identity {
  /** What is written down of it, as `created_by` and `updated_by`; nothing by default. */
  readonly name?: string | undefined;
  /** What its credentials are good for; none by default. */
  readonly scopes?: readonly Scope[] | undefined;
  /** The groups that it is in, which may have rights on single things; none by default. */
  readonly groups?: readonly string[] | undefined;
}

/**
 * What credentials can be good for: reading, writing, deleting, and everything.
 *
 * Source: TAMS 8.2, application note 0016.
 */
export type Scope = "read" | "write" | "delete" | "admin";
