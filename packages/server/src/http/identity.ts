/** Who asks. */
export interface Identity {
  /** What is written down of it, as `created_by` and `updated_by`; nothing by default. */
  readonly name?: string | undefined;
}
