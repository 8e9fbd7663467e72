const src = "^packages/sluice/src";

/** The folders of `sluice`, lowest first; those of one row do not see each other. */
const layers = [
  ["core"],
  ["context"],
  ["task"],
  ["generator"],
  ["stream"],
  ["testing", "node"],
];

const upward = layers.flatMap((row, level) =>
  row.map((folder) => {
    const above = [
      ...row.filter((other) => other !== folder),
      ...layers.slice(level + 1).flat(),
    ];
    return {
      name: `sluice-${folder}-looks-down`,
      comment: `${folder} imports only from the layers below it`,
      severity: "error",
      from: { path: `${src}/${folder}/` },
      to: { path: `${src}/(${above.join("|")})/` },
    };
  }),
);

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circles",
      comment: "no module imports itself by way of others, not even for types",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "every module imports or is imported",
      severity: "error",
      from: { orphan: true, pathNot: `${src}/index\\.ts$` },
      to: {},
    },
    {
      name: "front-door-is-for-others",
      comment: "inside a package, import the module that has the name",
      severity: "error",
      from: {},
      to: { path: "^packages/[^/]+/src/index\\.ts$" },
    },
    ...upward,
    {
      name: "sluice-stands-alone",
      comment: "sluice has no dependency, and needs no Node",
      severity: "error",
      from: { path: `${src}/`, pathNot: `${src}/node/` },
      to: { pathNot: `${src}/` },
    },
    {
      name: "sluice-node-needs-only-node",
      comment: "node/ may import Node's own modules, and no package",
      severity: "error",
      from: { path: `${src}/node/` },
      to: { pathNot: `${src}/`, dependencyTypesNot: ["core"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.checks.json" },
    doNotFollow: { path: "node_modules" },
  },
};
