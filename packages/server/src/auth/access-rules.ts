/** What one can be allowed to do with a single thing. */
export type Right = "read" | "write" | "delete";

/** All of them. */
export const rights: readonly Right[] = ["read", "write", "delete"];

/** Which groups have which rights on things of which class. */
export interface AccessRules {
  /**
   * The classes by name, each with the groups that have a right on what is in it. Of a class
   * that is not here, the group of its own name has all rights.
   */
  readonly classes?:
    | Readonly<
        Record<string, Readonly<Partial<Record<Right, readonly string[]>>>>
      >
    | undefined;
  /** What everyone may do with what is in no class; nothing by default. */
  readonly unclassified?: readonly Right[] | undefined;
}
