import {
  sql,
  type Compilable,
  type CompiledQuery,
  type RawBuilder,
} from "kysely";

/** Stands for a value that is not known yet. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Gives what stands in a query for a value that is told later. */
export type Parameter<P> = <K extends keyof P & string>(
  name: K,
) => RawBuilder<P[K]>;

/**
 * Builds a query once, which is then run with values as they come.
 *
 * @param build Builds it, with what stands for the values.
 * @returns A function that takes the values and gives the query.
 */
export function prepareQuery<P, R>(
  build: (parameter: Parameter<P>) => Compilable<R>,
): (values: P) => CompiledQuery<R> {
  const compiled = build(
    <K extends keyof P & string>(name: K) =>
      sql<P[K]>`${new Placeholder(name)}`,
  ).compile();
  return (values) => {
    const known = new Map<string, unknown>(Object.entries(values ?? {}));
    return {
      ...compiled,
      parameters: compiled.parameters.map((parameter) =>
        parameter instanceof Placeholder
          ? known.get(parameter.name)
          : parameter,
      ),
    };
  };
}
