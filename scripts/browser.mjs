/**
 * Runs the programs of `packages/sluice/test/interop` in Chromium: a page from
 * localhost loads the built package as modules, runs them, and gives back what they
 * print.
 *
 * Where no Chromium is found they are not run, and that is said; in CI on Linux, which
 * installs one, it is a failure.
 */
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";
import ts from "typescript";

/** @import { AddressInfo } from "node:net" */

/**
 * What a program printed, beside what it is to print.
 *
 * @typedef {object} Result
 * @property {string} title
 * @property {readonly string[]} prints
 * @property {readonly string[]} printed
 */

const page = "/test/browser/index.html";
const types = new Map([
  [".html", "text/html"],
  [".js", "text/javascript"],
  [".ts", "text/javascript"],
]);
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

process.chdir(resolve(import.meta.dirname, "../packages/sluice"));
const executablePath = findChromium();
if (executablePath === undefined) reportNone();
else report(await runPrograms(executablePath));

function findChromium() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * @param {string} executablePath
 * @returns {Promise<Result[]>}
 */
async function runPrograms(executablePath) {
  const server = createServer((request, response) => {
    answer(request.url ?? "", response);
  });
  await new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => {
      listening(undefined);
    });
  });
  const { port } = /** @type {AddressInfo} */ (server.address());
  const profile = mkdtempSync(join(tmpdir(), "sluice-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: flags,
  });
  try {
    console.log(
      `Running test/interop in Chromium ${context.browser()?.version() ?? ""}`,
    );
    const tab = context.pages()[0] ?? (await context.newPage());
    tab.on("console", (message) => {
      console.log(message.text());
    });
    tab.on("pageerror", (error) => {
      console.error(error);
      process.exitCode = 1;
    });
    await tab.goto(`http://127.0.0.1:${port}${page}`);
    const results = /** @type {unknown} */ (
      await tab.evaluate(
        "import('/test/browser/run.ts').then(({ run }) => run())",
      )
    );
    return /** @type {Result[]} */ (results);
  } finally {
    await context.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/**
 * Serves the package; TypeScript without its types.
 *
 * @param {string} url
 * @param {import("node:http").ServerResponse} response
 */
function answer(url, response) {
  const [path = ""] = url.split("?");
  const ending = /\.\w+$/.exec(path)?.[0] ?? "";
  const type = types.get(ending);
  const file = resolve(`.${path}`);
  if (
    type === undefined ||
    !file.startsWith(process.cwd()) ||
    !existsSync(file)
  ) {
    response.writeHead(404).end();
    return;
  }
  const text = readFileSync(file, "utf8");
  response.writeHead(200, { "content-type": type });
  response.end(ending === ".ts" ? stripTypes(text) : text);
}

/** @param {string} text */
function stripTypes(text) {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ESNext,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** @param {readonly Result[]} results */
function report(results) {
  const failed = results.filter(
    ({ prints, printed }) => !isDeepStrictEqual(prints, printed),
  );
  for (const { title, prints, printed } of failed) {
    console.error(`${title}\n  expected ${JSON.stringify(prints)}`);
    console.error(`  printed  ${JSON.stringify(printed)}`);
  }
  console.log(`${results.length} programs ran, ${failed.length} failed`);
  if (failed.length > 0 || results.length === 0) process.exitCode = 1;
}

function reportNone() {
  console.error("The page's programs are not run: no Chromium is found");
  const { env, platform } = process;
  if (env["CI"] !== undefined && platform === "linux") process.exitCode = 1;
}
