import type { TagFilter, Tags } from "@sluice/tams";
import type { Identity } from "../http/identity.ts";
import { rights, type AccessRules, type Right } from "./access-rules.ts";

/** The tag with the classes that a thing is in. Source: TAMS 8.2, ADR 0035. */
export const classesTag = "auth_classes";

/** Something that can be in classes. */
export interface Classified {
  readonly tags?: Tags | undefined;
}

/**
 * What one caller may do with single things.
 *
 * Source: TAMS 8.2, ADR 0035 and 0055, application note 0016.
 */
export class CallerRights {
  /** The text for `created_by`. */
  readonly name: string | undefined;
  /** Whether they may do everything. */
  readonly isAdmin: boolean;
  readonly #groups: ReadonlySet<string>;
  readonly #rules: AccessRules;

  /**
   * @param identity Who it is; nobody has no rights.
   * @param rules Which groups have which rights.
   */
  constructor(identity: Identity | undefined, rules: AccessRules) {
    const { name, groups = [], scopes = [] } = identity ?? {};
    this.name = name;
    this.isAdmin = scopes.includes("admin");
    this.#groups = new Set(groups);
    this.#rules = rules;
  }

  /** Tells whether they have a right on a thing. */
  has(right: Right, thing: Classified): boolean {
    return this.hasOn(right, readClasses(thing));
  }

  /** Tells whether they have a right on what is in some classes. */
  hasOn(right: Right, classes: readonly string[]): boolean {
    if (this.isAdmin) return true;
    if (classes.length === 0) {
      return this.#rules.unclassified?.includes(right) ?? false;
    }
    return classes.some((name) =>
      this.#groupsWith(right, name).some((group) => this.#groups.has(group)),
    );
  }

  /** Tells whether they have any right on a thing. */
  hasAny(thing: Classified): boolean {
    return rights.some((right) => this.has(right, thing));
  }

  /** Tells whether they have, on a thing, every right that a class gives to anybody. */
  hasAllOf(className: string, thing: Classified): boolean {
    return rights.every(
      (right) =>
        this.#groupsWith(right, className).length === 0 ||
        this.has(right, thing),
    );
  }

  /**
   * Narrows a query to what they may read, as far as a query can say that.
   *
   * @returns The query, and whether it leaves nothing else to be left out.
   */
  narrow<Q extends TagFilter>(
    query: Q,
  ): { readonly query: Q; readonly isExact: boolean } {
    if (this.isAdmin) return { query, isExact: true };
    const asked = query.tags?.[classesTag];
    const seesOthers = this.#rules.unclassified?.includes("read") ?? false;
    if (asked !== undefined || seesOthers) return { query, isExact: false };
    const tags = { ...query.tags, [classesTag]: this.#listReadable() };
    return { query: { ...query, tags }, isExact: true };
  }

  #listReadable(): readonly string[] {
    const names = [
      ...Object.keys(this.#rules.classes ?? {}),
      ...this.#groups,
    ].filter((name) => this.hasOn("read", [name]));
    return [...new Set(names)].sort();
  }

  #groupsWith(right: Right, className: string): readonly string[] {
    const { classes = {} } = this.#rules;
    if (!Object.hasOwn(classes, className)) return [className];
    return classes[className]?.[right] ?? [];
  }
}

/** Gives the classes that a thing is in. */
export function readClasses({ tags = {} }: Classified): readonly string[] {
  return Object.hasOwn(tags, classesTag) ? [tags[classesTag] ?? []].flat() : [];
}
