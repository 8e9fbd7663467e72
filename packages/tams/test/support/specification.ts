import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(
  new URL("../../../../../shared/spec/tams-8.2/", import.meta.url),
);

/** Whether the specification is there; it is not part of the project. */
export const hasSpecification: boolean = existsSync(folder);

/** What the title of a test says if it is skipped. */
export const whereSpecificationIs: string = hasSpecification
  ? "beside the specification"
  : "beside the specification (skipped: it is not there)";

/** Gives the names of the specification's examples, without what ends them. */
export function listExamples(): readonly string[] {
  if (!hasSpecification) return [];
  return readdirSync(`${folder}examples`)
    .map((name) => name.replace(/\.json$/, ""))
    .sort();
}

/** Reads an example. */
export function readExample(name: string): unknown {
  return readJson(`examples/${name}.json`);
}

let ajv: Ajv2020 | undefined;

/** Gives what checks a document against a schema of the specification. */
export function compileSchema(name: string): ValidateFunction {
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: false, allErrors: false });
    formats.default(ajv);
    for (const file of readdirSync(`${folder}schemas`)) {
      ajv.addSchema(readJson(`schemas/${file}`) as object, file);
    }
  }
  const validate = ajv.getSchema(`${name}.json`);
  if (validate === undefined) throw new Error(`There is no schema ${name}`);
  return validate;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(`${folder}${path}`, "utf8"));
}
