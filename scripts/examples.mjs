/**
 * Compiles all examples of the doc comments, of the READMEs, of the guides and
 * of `examples/`, against the built packages; runs each in a process of its
 * own; and compares what it prints with what the text says that it prints.
 *
 * Behind the language, on the line that opens a block, `no-run` keeps the block
 * from being run, and `ignore` from being looked at.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { collectExamples } from "./examples/collect.mjs";
import { compareOutput } from "./examples/compare.mjs";
import { run } from "./examples/run.mjs";

/** @import { Example } from "./examples/collect.mjs" */

const folder = ".examples";
const workers = 2;

process.chdir(resolve(import.meta.dirname, ".."));
const examples = collectExamples();
/** Which file each file in the folder was taken from. */
const origins = new Map(
  examples.map((example) => [nameFile(example), example.file]),
);
writeExamples();
if (compileExamples()) await runExamples();
else process.exitCode = 1;

/** @param {Example} example */
function nameFile({ file, line, language }) {
  return `${file.replaceAll("/", "-")}-${line}.${language}`;
}

function writeExamples() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const example of examples) {
    // Blank lines in front keep the numbers of the lines as they are.
    const code = "\n".repeat(example.line - 1) + example.code + "\n";
    writeFileSync(`${folder}/${nameFile(example)}`, code);
  }
  const configuration = {
    extends: "../tsconfig.base.json",
    compilerOptions: {
      declaration: false,
      declarationMap: false,
      isolatedDeclarations: false,
      types: ["node"],
    },
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(configuration));
}

function compileExamples() {
  if (!examples.some(({ language }) => language === "ts")) return true;
  const compiler = "node_modules/typescript/bin/tsc";
  const words = [compiler, "--pretty", "false", "--project", folder];
  const { status, stdout } = spawnSync(process.execPath, words, {
    encoding: "utf8",
  });
  if (status === 0) return true;
  console.error(`${mapBack(stdout)}\nThe examples do not compile`);
  return false;
}

async function runExamples() {
  const hasPython = await findPython();
  const chosen = examples.filter(
    ({ runs, language }) => runs && (language === "ts" || hasPython),
  );
  /** @type {Map<Example, string>} */
  const complaints = new Map();
  const queue = chosen.values();
  const work = async () => {
    for (const example of queue) {
      const complaint = await findFault(example);
      if (complaint !== undefined) complaints.set(example, complaint);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  report(chosen, complaints);
}

async function findPython() {
  if (!examples.some(({ language }) => language === "py")) return false;
  const question = "import sys; sys.exit(sys.version_info < (3, 11))";
  const { failure } = await run("python3", ["-c", question]);
  if (failure === undefined) return true;
  console.log("The Python passages are not run: no python3 >= 3.11 is here");
  return false;
}

/** @param {Example} example */
async function findFault(example) {
  const file = `${folder}/${nameFile(example)}`;
  const { failure, stdout, stderr } =
    example.language === "py"
      ? await run("python3", [file])
      : await run(process.execPath, [
          "--enable-source-maps",
          file.replace(/\.ts$/, ".js"),
        ]);
  if (failure !== undefined) return `${failure}\n${mapBack(stdout + stderr)}`;
  if (example.prints === undefined) return undefined;
  const difference = compareOutput(example.prints, stdout);
  if (difference === undefined) return undefined;
  return `does not print what the text says (-) but (+)\n${difference}`;
}

/**
 * Names the examples in a compiler's or a program's message as the files that
 * they were taken from.
 *
 * @param {string} message
 */
function mapBack(message) {
  return message.replaceAll(
    /[^\s("]*\.examples\/([^\s(":]+)/g,
    (path, /** @type {string} */ name) => origins.get(name) ?? path,
  );
}

/**
 * @param {readonly Example[]} chosen
 * @param {ReadonlyMap<Example, string>} complaints
 */
function report(chosen, complaints) {
  for (const example of chosen) {
    const complaint = complaints.get(example);
    if (complaint === undefined) continue;
    const indented = complaint.trimEnd().replaceAll("\n", "\n    ");
    console.error(`${example.file}:${example.line} ${indented}\n`);
  }
  const failed = complaints.size;
  console.log(`${chosen.length} examples ran, ${failed} failed`);
  const counts = { passed: chosen.length - failed, failed };
  mkdirSync(".reports", { recursive: true });
  writeFileSync(".reports/examples.json", JSON.stringify(counts));
  if (failed > 0) process.exitCode = 1;
}
