import { anext, asyncGenerator, type StrictAsyncGenerator } from "sluice";
import { Ledger } from "./ledger.ts";
import type { GeneratorProgram, Result, Statement, Step } from "./program.ts";

type Body = (
  ledger: Ledger,
  show: (value: unknown) => string,
) => AsyncGenerator<number, void, number | undefined>;

/** Writes an async generator as JavaScript, and makes calls on it with the library. */
export async function interpretGenerator({
  body,
  steps,
}: GeneratorProgram): Promise<Result> {
  const ledger = new Ledger();
  const generator = asyncGenerator(compile(body))(ledger, show);
  let ended = false;
  for (const step of steps) {
    const error = step.call === "athrow" ? ledger.create() : undefined;
    const name = error === undefined ? step.call : `athrow ${error.message}`;
    const after = ended ? " after its end" : "";
    let given;
    try {
      given = show(await call(generator, step, error));
    } catch (raised) {
      const isTooEarly = raised instanceof TypeError;
      given = `error ${isTooEarly ? "TypeError" : ledger.see(raised)}`;
      // A value sent too early leaves the generator as it was.
      ended ||= !isTooEarly;
    }
    ledger.note(`${name}${after}: ${given}`);
    ended ||= step.call === "aclose";
  }
  return { log: ledger.log, outcome: ended ? "ended" : "open", chains: [] };
}

function call(
  generator: StrictAsyncGenerator<number, number | undefined>,
  step: Step,
  error: Error | undefined,
): Promise<unknown> {
  switch (step.call) {
    case "asend":
      return generator.asend(step.value);
    case "anext":
      return anext(generator);
    case "athrow":
      return generator.athrow(error);
    case "aclose":
      return generator.aclose();
  }
}

function compile(body: readonly Statement[]): Body {
  // The language has no name for it.
  const { constructor } = async function* () {};
  const AsyncGeneratorFunction = constructor as new (
    ...parametersAndBody: string[]
  ) => Body;
  return new AsyncGeneratorFunction("ledger", "show", writeAll(body));
}

function writeAll(body: readonly Statement[]): string {
  return body.map((statement) => write(statement)).join("\n");
}

function write(statement: Statement): string {
  switch (statement.do) {
    case "yield":
      return `ledger.note("received " + show(yield ${statement.value}));`;
    case "log":
      return `ledger.note("at ${statement.id}");`;
    case "pause":
      return "await Promise.resolve();";
    case "raise":
      return "throw ledger.create();";
    case "loop":
      return `for (let i = 0; i < ${statement.times}; i++) {
        ${writeAll(statement.body)}
      }`;
    case "try":
      return writeTry(statement);
    case "return":
    case "break":
    case "continue":
      return `${statement.do};`;
  }
}

function writeTry({
  body,
  handler,
  cleanup,
}: Extract<Statement, { do: "try" }>): string {
  const parts = [`try { ${writeAll(body)} }`];
  if (handler !== undefined)
    parts.push(`catch (error) {
      ledger.note("caught " + ledger.see(error));
      ${writeAll(handler)}
    }`);
  if (cleanup !== undefined) parts.push(`finally { ${writeAll(cleanup)} }`);
  return parts.join(" ");
}

function show(value: unknown): string {
  return typeof value === "number" ? `${value}` : "nothing";
}
