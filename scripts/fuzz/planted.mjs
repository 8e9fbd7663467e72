/**
 * Makes mistakes in copies of the library, one in each, and looks how soon the fuzz
 * finds them.
 */
import { fork } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tsImport } from "tsx/esm/api";

/**
 * @typedef {object} Mistake
 * @property {string} title
 * @property {string} file
 * @property {readonly (readonly [string, string])[]} edits
 * @property {string} [elsewhere]
 *
 * @typedef {object} Finding
 * @property {Mistake} mistake
 * @property {number | undefined} pipelines How many pipelines it took; none found it if absent.
 * @property {boolean} hangs Whether it was found by the pipeline not ending.
 */

const streams = "packages/sluice/src/stream";
const fuzz = "packages/sluice/test/stream/fuzz/planted";
const workers = 2;
/** Longer than any pipeline takes. */
const hangsAfterMs = 30_000;

/**
 * Plants each mistake, and looks for it with so many pipelines at most.
 *
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<readonly Finding[]>}
 * @throws {Error} If the fuzz finds something in the library as it is, or a mistake
 * does not fit it any more.
 */
export async function findPlanted(count, seed) {
  const module = /** @type {unknown} */ (
    await tsImport(`../../${fuzz}/mistakes.ts`, import.meta.url)
  );
  const { mistakes } = /** @type {{ mistakes: readonly Mistake[] }} */ (module);
  checkMistakes(mistakes);
  const unchanged = { title: "none", file: "stream.ts", edits: [] };
  const control = await find(unchanged, Math.min(count, 2000), seed);
  if (control.pipelines !== undefined) {
    throw new Error(
      "Cannot look for planted mistakes: there is one already; see npm run fuzz",
    );
  }
  const findings = /** @type {Finding[]} */ ([]);
  const queue = mistakes.entries();
  const work = async () => {
    for (const [index, mistake] of queue) {
      const finding = (findings[index] = await find(mistake, count, seed));
      console.log(`${formatPipelines(finding)}: ${mistake.title}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return findings;
}

/** @param {Finding} finding */
export function formatPipelines({ pipelines, hangs }) {
  if (pipelines === undefined) return "not found";
  return `${pipelines.toLocaleString("en")}${hangs ? ", which hangs" : ""}`;
}

/**
 * @param {Mistake} mistake
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<Finding>}
 */
async function find(mistake, count, seed) {
  const folder = mkdtempSync(join(tmpdir(), "sluice-planted-"));
  try {
    plant(mistake, folder);
    return { mistake, ...(await runFuzz(folder, count, seed)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {readonly Mistake[]} mistakes
 * @throws {Error} If some do not fit the sources any more: all of them are named.
 */
function checkMistakes(mistakes) {
  const unfit = mistakes.flatMap(({ title, file, edits }) => {
    const path = join(streams, file);
    const code = existsSync(path) ? readFileSync(path, "utf8") : "";
    return edits
      .filter(([text]) => code.split(text).length !== 2)
      .map(([text]) => `'${title}': ${file} has not once '${text}'`);
  });
  if (unfit.length > 0) {
    throw new Error(
      `Cannot plant these mistakes; mend ${fuzz}/mistakes.ts:\n${unfit.join("\n")}`,
    );
  }
}

/**
 * @param {Mistake} mistake
 * @param {string} folder
 */
function plant({ file, edits }, folder) {
  cpSync("packages/sluice/src", join(folder, "src"), { recursive: true });
  const path = join(folder, "src/stream", file);
  let code = readFileSync(path, "utf8");
  // A function, as a text to be put in may have a meaning otherwise.
  for (const [text, mistaken] of edits)
    code = code.replace(text, () => mistaken);
  writeFileSync(path, code);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const configuration = {
    extends: resolve("tsconfig.checks.json"),
    compilerOptions: { paths: { sluice: [join(folder, "src/index.ts")] } },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
}

/**
 * @param {string} folder
 * @param {number} count
 * @param {number} seed
 * @returns {Promise<Omit<Finding, "mistake">>}
 */
function runFuzz(folder, count, seed) {
  return new Promise((resolve, reject) => {
    const child = fork(`${fuzz}/find-first.ts`, [`${count}`, `${seed}`], {
      execArgv: ["--import", "tsx", "--expose-gc"],
      env: { ...process.env, TSX_TSCONFIG_PATH: join(folder, "tsconfig.json") },
    });
    let pipelines = 0;
    let isFound = false;
    let hangs = false;
    const giveUp = () => {
      hangs = child.kill("SIGKILL");
    };
    let timer = setTimeout(giveUp, hangsAfterMs);
    child.on("message", (message) => {
      const state = /** @type {{ index: number, isFound: boolean }} */ (
        message
      );
      clearTimeout(timer);
      timer = setTimeout(giveUp, hangsAfterMs);
      pipelines = state.index + 1;
      isFound = state.isFound;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      const crashes = !hangs && code !== 0;
      if (crashes && pipelines === 0) {
        reject(new Error(`Cannot begin: the fuzz ended with ${code}`));
      }
      resolve({
        pipelines: isFound || hangs || crashes ? pipelines : undefined,
        hangs: hangs && !isFound,
      });
    });
  });
}
