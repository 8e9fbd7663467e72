import { TamsError } from "./tams-error.ts";

/** One thing in a document that does not follow its schema. */
export interface WireProblem {
  /** Where: names and indices from the outside in; empty for the whole. */
  readonly path: readonly (string | number)[];
  /** What is wrong there, in words. */
  readonly problem: string;
}

/** A document does not follow its schema. */
export class WireError extends TamsError {
  readonly code = "TAMS_WIRE";
  /** Which document. */
  readonly document: string;
  /** What is wrong, all of it; at least one. */
  readonly problems: readonly WireProblem[];

  /**
   * @param document Which document, for the message: `flow`.
   * @param problems What is wrong, at least one.
   * @param options Its cause.
   */
  constructor(
    document: string,
    problems: readonly WireProblem[],
    options?: ErrorOptions,
  ) {
    super(
      `Cannot read the ${document}: ${problems.map(format).join("; ")}`,
      options,
    );
    this.document = document;
    this.problems = problems;
  }

  override get name(): "WireError" {
    return "WireError";
  }
}

function format({ path, problem }: WireProblem): string {
  const place = path.length === 0 ? "it" : `'${path.join(".")}'`;
  return `${place} ${problem}`;
}
