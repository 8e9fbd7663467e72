/** Which tags things must have to be listed; all that are named. */
export interface TagFilter {
  /** The tag's value, or one of its values, is one of these: to the letter. */
  readonly tags?: Readonly<Record<string, readonly string[]>>;
  /** Whether there is such a tag at all. */
  readonly tagExists?: Readonly<Record<string, boolean>>;
}
