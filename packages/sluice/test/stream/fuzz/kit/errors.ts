/** Things to throw, each made once, by their names. */
export class Errors {
  readonly #made = new Map<string, unknown>();

  /** Gives what is thrown under a name; `E1` and the like are plain errors. */
  get(name: string): unknown {
    if (!this.#made.has(name)) this.#made.set(name, createError(name));
    return this.#made.get(name);
  }

  /** Names what was thrown, and all that is reachable from it. */
  list(error: unknown, contextOf: (error: unknown) => unknown): string[] {
    const names: string[] = [];
    const seen = new Set<unknown>();
    const visit = (node: unknown): void => {
      if (seen.has(node)) return;
      seen.add(node);
      const name = this.#find(node);
      // Several errors of closing: what counts is that all of them are there.
      if (name === undefined && node instanceof AggregateError) {
        node.errors.forEach(visit);
      } else {
        names.push(name ?? nameOther(node));
      }
      const context = contextOf(node);
      if (context !== undefined) visit(context);
    };
    visit(error);
    return names;
  }

  #find(error: unknown): string | undefined {
    for (const [name, made] of this.#made) {
      if (Object.is(made, error)) return name;
    }
    return undefined;
  }
}

const makers: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  zero: () => 0,
  nan: () => NaN,
  false: () => false,
  text: () => "text",
  symbol: () => Symbol("thrown"),
  object: () => ({}),
  frozen: () => Object.freeze(new Error("frozen")),
  function: () => () => undefined,
  // As an error it is like any other object, and is never waited for.
  thenable: () => ({ then: () => undefined }),
};

function createError(name: string): unknown {
  const make = makers[name];
  return make === undefined ? new Error(name) : make();
}

/** Names an error that is not ours: those of the library and the language differ in words. */
function nameOther(error: unknown): string {
  if (!(error instanceof Error)) return `unknown ${String(error)}`;
  return error.name === "AbortError" ? "cancelled" : error.name;
}
