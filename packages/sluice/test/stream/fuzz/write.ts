import type {
  Branch,
  Callback,
  Consumer,
  Header,
  Inner,
  OddInner,
  Pipeline,
  PlainSource,
  Program,
  Source,
  Step,
} from "./program.ts";

/** Writes a program as the body of an async function of a library and a kit. */
export function writeBody(program: Program): string {
  const { consumer, header, acts } = program;
  const made = writeStream(program.pipeline, true);
  const names = ["drive", ...listNames(JSON.stringify(program))];
  const uses = consumer.by === "calls" ? "" : `, ${writeConsumer(consumer)}`;
  const stream = `const s = ${header === undefined ? made : "rest"};`;
  return [
    `const { ${names.filter((name) => libraryNames.includes(name)).join(", ")} } = sluice;`,
  ].join("\n");
}
