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

const LIBRARY = ["concat", "from", "iterable", "merge", "stream", "zip"];
const KIT = [
  "drive",
  "error",
  "folding",
  "giving",
  "mapping",
  "outcomes",
  "pauses",
  "predicate",
  "seen",
  "signal",
  "source",
  "visiting",
];

/** Writes a program as the body of an async function of `sluice` and `kit`. */
export function writeBody({
  pipeline,
  header,
  consumer,
  acts,
}: Program): string {
  const made = writeRoot(pipeline, acts.includes("abort"));
  const steps = writeConsumer(header === undefined ? "s" : "rest", consumer);
  const lines = [
    ...(header === undefined ? [] : writeHeader(header)),
    ...steps,
  ];
  const body =
    consumer.by === "calls"
      ? [`await drive(s, ${write(acts)});`]
      : [
          `await drive(s, ${write(acts)}, async () => {`,
          ...indent(lines),
          "});",
        ];
  const text = [`const s = ${made};`, ...body].join("\n");
  return [declare("sluice", LIBRARY, text), declare("kit", KIT, text), text]
    .filter((line) => line !== "")
    .join("\n");
}

/** Writes what a program needs of a library or a kit. */
function declare(from: string, names: readonly string[], text: string): string {
  const used = names.filter((name) =>
    new RegExp(`(?<!["\\w.])${name}(?!["\\w:])`).test(text),
  );
  return used.length === 0 ? "" : `const { ${used.join(", ")} } = ${from};`;
}

function writeRoot({ source, steps }: Pipeline, isAbortable: boolean): string {
  const options = isAbortable ? "{ signal }" : undefined;
  return writeStream(source, options) + writeSteps(steps);
}

function writeStream(source: Source, options?: string): string {
  const text = writeSource(source);
  const isStream = source.is !== "lazily" && !isPlain(source);
  if (options !== undefined) return `from(${text}, ${options})`;
  return isStream || source.is === "stream" ? text : `from(${text})`;
}

function isPlain(source: Source): source is PlainSource {
  return "entries" in source;
}

function writeSource(source: Source): string {
  if (isPlain(source)) {
    const { is, name, entries, ...behaviour } = source;
    return writeCall(
      "source",
      write(is),
      write(name),
      write(entries),
      behaviour,
    );
  }
  switch (source.is) {
    case "nested":
      return `from(${writePipeline(source.pipeline)}, { timeBudget: 5 })`;
    case "lazily":
      return `iterable(() => ${writePipeline(source.pipeline)})`;
    case "concat":
    case "merge":
      return `${source.is}(${source.parts.map(writePipeline).join(", ")})`;
    case "zip": {
      const { parts, mode } = source;
      const options = mode === undefined ? "" : `, ${write({ mode })}`;
      return `zip([${parts.map(writePipeline).join(", ")}]${options})`;
    }
  }
}

/** Writes a pipeline that another reads; without steps it is a source as it is. */
function writePipeline({ source, steps }: Pipeline): string {
  return steps.length === 0
    ? writeSource(source)
    : writeStream(source) + writeSteps(steps);
}

function writeSteps(steps: readonly Step[]): string {
  return steps.map((step) => `\n  .${writeStep(step)}`).join("");
}

function writeStep(step: Step): string {
  switch (step.do) {
    case "map":
      return `map(${writeCallback("mapping", step.callback)})`;
    case "filter":
    case "takeWhile":
    case "dropWhile":
      return `${step.do}(${writeCallback("predicate", step.callback)})`;
    case "tap":
      return `tap(${writeCallback("visiting", step.callback)})`;
    case "scan":
      return `scan(${writeFold(step.callback, step.initial)})`;
    case "take":
    case "drop":
      return `${step.do}(${step.count})`;
    case "chunks":
    case "windows":
    case "buffered":
      return `${step.do}(${step.size})`;
    case "indexed":
      return "indexed()";
    case "flatMap":
    case "catch":
      return `${step.do}(${writeGiving(step.callback, step.inners)})`;
    case "onClose": {
      const options = step.before === true ? ', { when: "before" }' : "";
      return `onClose(${writeCallback("visiting", step.callback)}${options})`;
    }
  }
}

function writeCallback(maker: string, callback: Callback): string {
  const { name, rule, ...behaviour } = callback;
  const rules = maker === "visiting" ? [] : [String(rule)];
  return writeCall(maker, write(name), ...rules, behaviour);
}

function writeFold(callback: Callback, initial: number | undefined): string {
  const text = writeCallback("folding", callback);
  return initial === undefined ? text : `${text}, ${initial}`;
}

function writeGiving(callback: Callback, inners: readonly Inner[]): string {
  const { name, rule: _, ...behaviour } = callback;
  const makers = inners.map((inner) =>
    "odd" in inner
      ? `() => ${ODD[inner.odd]}`
      : `() => ${writePipeline(inner.pipeline)}`,
  );
  return writeCall("giving", write(name), `[${makers.join(", ")}]`, behaviour);
}

const ODD: Readonly<Record<OddInner, string>> = {
  nothing: "undefined",
  number: "5",
  null: "null",
  string: '"text"',
  object: "({})",
};

function writeHeader({ by, count, view, steps }: Header): string[] {
  const rest = `const rest = s${writeSteps(steps)};`;
  if (by === "next") {
    return [`for (let n = 0; n < ${count}; n++) seen(await s.next());`, rest];
  }
  return [
    "let seenFirst = 0;",
    `for await (const item of s.borrow()${writeSteps(view)}) {`,
    "  seen(item);",
    `  if (++seenFirst === ${count}) break;`,
    "}",
    rest,
  ];
}

function writeConsumer(stream: string, consumer: Consumer): string[] {
  switch (consumer.by) {
    case "calls":
      return [];
    case "toArray":
      return [`return ${stream}.toArray();`];
    case "forEach":
      return [
        `return ${stream}.forEach(${writeCallback("visiting", consumer.callback)});`,
      ];
    case "find":
    case "some":
    case "every":
      return [
        `return ${stream}.${consumer.by}(${writeCallback("predicate", consumer.callback)});`,
      ];
    case "reduce":
      return [
        `return ${stream}.reduce(${writeFold(consumer.callback, consumer.initial)});`,
      ];
    case "for await":
    case "web":
      return writeLoop(stream, consumer);
    case "tee":
      return [
        `const branches = ${stream}.tee(${consumer.branches.length});`,
        "return outcomes([",
        ...consumer.branches.flatMap((branch, index) =>
          indent(writeBranch(branch, index)),
        ),
        "]);",
      ];
  }
}

function writeBranch({ steps, consumer }: Branch, index: number): string[] {
  return [
    "(async () => {",
    ...indent([
      `const branch = branches[${index}]${writeSteps(steps)};`,
      ...writeConsumer("branch", consumer),
    ]),
    "})(),",
  ];
}

function writeLoop(
  stream: string,
  { by, waits, stop }: Extract<Consumer, { by: "for await" | "web" }>,
): string[] {
  const pauses = waits.length > 0;
  const leave =
    stop?.how === "throw" ? `throw error(${write(stop.error)})` : stop?.how;
  return [
    ...(stop === undefined ? [] : ["let count = 0;"]),
    ...(pauses ? [`const pause = pauses(${write(waits)});`] : []),
    `for await (const item of ${stream}${by === "web" ? ".toWeb()" : ""}) {`,
    "  seen(item);",
    ...(pauses ? ["  await pause();"] : []),
    ...(stop === undefined ? [] : [`  if (++count === ${stop.at}) ${leave};`]),
    "}",
  ];
}

/** Writes a call, with how what it makes behaves as its last argument, if it is of any kind. */
function writeCall(
  name: string,
  ...parts: readonly (string | object)[]
): string {
  const written = parts.flatMap((part) => {
    if (typeof part === "string") return part;
    return Object.keys(part).length === 0 ? [] : write(part);
  });
  return `${name}(${written.join(", ")})`;
}

/** Writes data as code. */
function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${key}: ${write(each)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function indent(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split("\n")).map((line) => `  ${line}`);
}
