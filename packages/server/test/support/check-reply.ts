import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
// Beside a checkout, or beside the folder that it is in.
const places = [
  resolve(here, "../../../../../shared"),
  resolve(here, "../../../../../../shared"),
];
/** Where it is, if it is there: it is not part of the project. */
const specification = places
  .map((place) => `${place}/spec/tams-8.2/schemas/`)
  .find((place) => existsSync(place));

/** Whether answers are checked. */
export const hasSpecification: boolean = specification !== undefined;

/** What is answered by which paths, by the names of the specification's schemas. */
const schemas: readonly (readonly [
  method: string,
  path: RegExp,
  status: number,
  schema: string,
  isList?: "list",
])[] = [
  ["GET", /^\/service$/, 200, "service"],
  ["GET", /^\/service\/storage-backends$/, 200, "storage-backends-list"],
  ["GET", /^\/service\/profiles$/, 200, "profile", "list"],
  ["GET", /^\/service\/profiles\/[^/]+$/, 200, "profile"],
  ["POST", /^\/service\/profiles\/[^/]+$/, 201, "profile"],
  ["GET", /^\/service\/webhooks$/, 200, "webhook-get", "list"],
  ["POST", /^\/service\/webhooks$/, 201, "webhook-get"],
  ["GET", /^\/service\/webhooks\/[^/]+$/, 200, "webhook-get"],
  ["PUT", /^\/service\/webhooks\/[^/]+$/, 201, "webhook-get"],
  ["GET", /^\/sources$/, 200, "source", "list"],
  ["GET", /^\/sources\/[^/]+$/, 200, "source"],
  ["GET", /^\/(sources|flows)\/[^/]+\/tags$/, 200, "tags"],
  ["GET", /^\/flows$/, 200, "flow-get", "list"],
  ["GET", /^\/flows\/[^/]+$/, 200, "flow-get"],
  ["PUT", /^\/flows\/[^/]+$/, 201, "flow-get"],
  ["DELETE", /^\/flows\/[^/]+(\/segments)?$/, 202, "deletion-request"],
  ["GET", /^\/flows\/[^/]+\/flow_collection$/, 200, "flow-collection"],
  ["GET", /^\/flows\/[^/]+\/segments$/, 200, "flow-segment", "list"],
  ["POST", /^\/flows\/[^/]+\/segments$/, 200, "flow-segment-bulk-failure"],
  ["POST", /^\/flows\/[^/]+\/storage$/, 201, "flow-storage"],
  ["GET", /^\/objects\/[^/]+$/, 200, "object"],
  ["GET", /^\/flow-delete-requests$/, 200, "deletion-request", "list"],
  ["GET", /^\/flow-delete-requests\/[^/]+$/, 200, "deletion-request"],
];

let ajv: Ajv2020 | undefined;

/**
 * Checks that an answer is as the specification has it: its body by the specification's own
 * schema, refusals by `error.json`. Where the specification is not there, nothing is checked.
 */
export async function checkReply(
  method: string,
  path: string,
  response: Response,
): Promise<void> {
  if (specification === undefined || method === "HEAD") return;
  const { status } = response;
  const isMedia = path.startsWith("/media/");
  if (status >= 400 && !(isMedia && [412, 416].includes(status))) {
    check("error", await response.json());
    return;
  }
  const found = schemas.find(
    ([verb, pattern, code]) =>
      verb === method && code === status && pattern.test(path),
  );
  if (found === undefined) return;
  const document: unknown = await response.json();
  const [, , , schema, isList] = found;
  for (const each of isList ? (document as unknown[]) : [document]) {
    check(schema, each);
  }
}

/** Checks a document by a schema of the specification. */
function check(schema: string, document: unknown): void {
  const validate = compile(schema);
  validate(document);
  expect(
    validate.errors ?? [],
    `${schema}: ${JSON.stringify(document)}`,
  ).toEqual([]);
}

function compile(name: string): ValidateFunction {
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: false, allErrors: false });
    formats.default(ajv);
    for (const file of readdirSync(specification ?? "")) {
      const text = readFileSync(`${specification ?? ""}${file}`, "utf8");
      ajv.addSchema(JSON.parse(text) as object, file);
    }
  }
  const validate = ajv.getSchema(`${name}.json`);
  if (validate === undefined) throw new Error(`There is no schema ${name}`);
  return validate;
}
