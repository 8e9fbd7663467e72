import { Command, CommanderError } from "commander";
import { exitCodes } from "./exit-codes.ts";
import { addCopy } from "./command/copy.ts";
import { addDelete } from "./command/delete.ts";
import { addDemo } from "./command/demo.ts";
import { addExport } from "./command/export.ts";
import { addFlows } from "./command/flows.ts";
import { addIngest } from "./command/ingest.ts";
import { addInspect } from "./command/inspect.ts";
import { addRead } from "./command/read.ts";
import { addSegments } from "./command/segments.ts";
import { addSources } from "./command/sources.ts";
import { addServe } from "./command/serve.ts";
import { addVerify } from "./command/verify.ts";
import { UsageError } from "./usage-error.ts";
import type { Plan, SharedOptions, Work } from "./work.ts";

/** What the words of a command line ask for. */
export type ParsedArguments =
  | {
      /** Something is to be done. */
      readonly kind: "work";
      readonly work: Work;
      readonly options: SharedOptions;
    }
  | {
      /** They are answered with a text: help, the version, or what is wrong with them. */
      readonly kind: "answer";
      readonly text: string;
      readonly exitCode: number;
    };

const commands: readonly ((program: Command, plan: Plan) => Command)[] = [
  addIngest,
  addExport,
  addFlows,
  addSources,
  addSegments,
  addRead,
  addInspect,
  addCopy,
  addVerify,
  addDelete,
  addServe,
  addDemo,
];

/** Understands the words of a command line; does nothing else. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  let text = "";
  let planned: Work | undefined;
  const program = createProgram((part) => {
    text += part;
  });
  for (const add of commands) {
    const command = add(program, (work) => {
      planned = work;
    });
    addShared(command);
  }
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    return toAnswer(error, text);
  }
  const asked = program.args[0] ?? "";
  const command = program.commands.find((one) => one.name() === asked);
  if (planned === undefined || command === undefined) {
    return { kind: "answer", text: program.helpInformation(), exitCode: 0 };
  }
  const { store, json, verbose } = command.opts<Partial<SharedOptions>>();
  const options = {
    store: store ?? "file:./sluice-data",
    json: json ?? false,
    verbose: verbose ?? false,
  };
  return { kind: "work", work: planned, options };
}

function createProgram(write: (text: string) => void): Command {
  return new Command("sluice")
    .description(
      "Media files into flows over time, and flows into media files.",
    )
    .version("0.1.0")
    .exitOverride()
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: (problem, tell) => {
        tell(problem.replace(/^error:/u, "sluice:"));
      },
    })
    .showHelpAfterError("(sluice COMMAND --help tells what it takes)")
    .addHelpText(
      "after",
      `
Exit codes: 0 done; 1 failed; 2 wrong words; 3 not found; 4 the store cannot be used;
5 verify has found something wrong; 130 interrupted, 143 told to end.
`,
    );
}

function addShared(command: Command): void {
  // Who has one of his own has said where it is by default.
  if (!command.options.some(({ long }) => long === "--store")) {
    command.option("--store <url>", "the store", "file:./sluice-data");
  }
  command
    .option("--json", "write lines of JSON, for programs")
    .option("--verbose", "tell errors in full");
}

function toAnswer(error: unknown, text: string): ParsedArguments {
  if (error instanceof UsageError) {
    return {
      kind: "answer",
      text: `sluice: ${error.message}\n`,
      exitCode: exitCodes.usage,
    };
  }
  if (!(error instanceof CommanderError)) throw error;
  const exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return { kind: "answer", text, exitCode };
}
