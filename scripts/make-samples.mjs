/**
 * Makes the files of `samples/` anew, with ffmpeg, and tells what is in them in
 * `samples/facts.json`: `npm run samples`.
 *
 * The same ffmpeg makes the same bytes each time; `samples/README.md` tells which one made
 * what is there. `--only <file>` makes one, and tells of all.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { collectFacts } from "./samples/facts.mjs";
import { recipes } from "./samples/recipes.mjs";

/** All files are not more than this, for they are in the repository. */
const mostBytes = 3_000_000;

process.chdir(resolve(import.meta.dirname, ".."));
const { values } = parseArgs({ options: { only: { type: "string" } } });

for (const { name, words } of recipes) {
  if (name !== (values.only ?? name)) continue;
  const quiet = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"];
  execFileSync("ffmpeg", [...quiet, ...words, `samples/${name}`], {
    stdio: "inherit",
  });
  console.log(`Made samples/${name}`);
}

const facts = recipes.map(({ name }) => {
  const bytes = readFileSync(`samples/${name}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const tracks = collectFacts(`samples/${name}`);
  return { name, bytes: bytes.length, sha256, tracks };
});
const total = facts.reduce((sum, { bytes }) => sum + bytes, 0);
if (total > mostBytes) {
  throw new RangeError(
    `Cannot keep ${total} bytes of samples: they may have ${mostBytes}`,
  );
}
const [madeWith = ""] = execFileSync("ffmpeg", ["-version"], {
  encoding: "utf8",
}).split(" Copyright");
const text = JSON.stringify({ madeWith, files: facts });
writeFileSync("samples/facts.json", await format(text, { parser: "json" }));
console.log(`${total} bytes in all`);
