/**
 * The folders of each package, lowest first; those of one row do not see each other.
 *
 * @type {Record<string, string[][]>}
 */
const layers = {
  cli: [["output"], ["command"]],
  media: [
    ["error"],
    ["bytes"],
    ["grain"],
    ["essence"],
    ["coding"],
    ["iso-base-media"],
    ["gsf", "transport-stream", "wave", "mediabunny"],
    ["container"],
    ["object"],
    ["export", "testing"],
  ],
  server: [
    ["error"],
    ["media", "observe"],
    ["http"],
    ["auth"],
    ["routes", "events"],
    ["app"],
    ["node"],
  ],
  sluice: [
    ["core"],
    ["context"],
    ["task"],
    ["generator"],
    ["stream"],
    ["testing", "node"],
  ],
  store: [
    ["error"],
    ["model"],
    ["port"],
    ["rules", "flow"],
    ["backend"],
    ["provider", "contract"],
  ],
  tams: [["error"], ["wire"], ["query"], ["client"], ["testing"]],
  time: [
    ["error"],
    ["text", "number"],
    ["rate"],
    ["instant"],
    ["range", "utc"],
    ["smpte", "testing"],
  ],
};

const upward = Object.entries(layers).flatMap(([name, rows]) => {
  const src = `^packages/${name}/src`;
  return rows.flatMap((row, level) =>
    row.map((folder) => {
      const above = [
        ...row.filter((other) => other !== folder),
        ...rows.slice(level + 1).flat(),
      ];
      return {
        name: `${name}-${folder}-looks-down`,
        comment: `${folder} imports only from the layers below it`,
        severity: "error",
        from: { path: `${src}/${folder}/` },
        to: { path: `${src}/(${above.join("|")})/` },
      };
    }),
  );
});

const cli = "^packages/cli/src";
const server = "^packages/server/src";
const sluice = "^packages/sluice/src";
const media = "^packages/media/src";
const store = "^packages/store/src";
const tams = "^packages/tams/src";
const time = "^packages/time/src";

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
      from: { orphan: true, pathNot: "^packages/[^/]+/src/(index|main)\\.ts$" },
      to: {},
    },
    {
      name: "front-door-is-for-others",
      comment: "inside a package, import the module that has the name",
      severity: "error",
      from: { path: "^packages/([^/]+)/src/" },
      to: { path: "^packages/$1/src/index\\.ts$" },
    },
    ...upward,
    {
      name: "sluice-stands-alone",
      comment: "sluice has no dependency, and needs no Node",
      severity: "error",
      from: { path: `${sluice}/`, pathNot: `${sluice}/node/` },
      to: { pathNot: `${sluice}/` },
    },
    {
      name: "sluice-node-needs-only-node",
      comment: "node/ may import Node's own modules, and no package",
      severity: "error",
      from: { path: `${sluice}/node/` },
      to: { pathNot: `${sluice}/`, dependencyTypesNot: ["core"] },
    },
    {
      name: "time-stands-alone",
      comment: "time has no dependency, and needs no Node",
      severity: "error",
      from: { path: `${time}/`, pathNot: `${time}/testing/` },
      to: { pathNot: `${time}/` },
    },
    {
      name: "time-testing-needs-only-fast-check",
      comment:
        "testing/ makes arbitraries of fast-check, and needs nothing else",
      severity: "error",
      from: { path: `${time}/testing/` },
      to: { pathNot: [`${time}/`, "^node_modules/fast-check/"] },
    },
    {
      name: "media-needs-no-node",
      comment: "media imports sluice and time, and needs no Node",
      severity: "error",
      from: { path: `${media}/`, pathNot: `${media}/(mediabunny|testing)/` },
      to: {
        pathNot: [`${media}/`, "^packages/(sluice|time)/src/index\\.ts$"],
      },
    },
    {
      name: "media-testing-needs-only-fast-check",
      comment:
        "testing/ makes arbitraries of fast-check, with those of time, and needs nothing else",
      severity: "error",
      from: { path: `${media}/testing/` },
      to: {
        pathNot: [
          `${media}/`,
          "^packages/(sluice|time)/src/index\\.ts$",
          "^packages/time/src/testing/index\\.ts$",
          "^node_modules/fast-check/",
        ],
      },
    },
    {
      name: "mediabunny-stays-in-its-room",
      comment: "mediabunny/ is the only folder that imports mediabunny",
      severity: "error",
      from: { path: `${media}/mediabunny/` },
      to: {
        pathNot: [
          `${media}/`,
          "^packages/(sluice|time)/src/index\\.ts$",
          "^node_modules/mediabunny/",
        ],
      },
    },
    {
      name: "tams-looks-down",
      comment:
        "tams imports sluice, time, zod and oauth4webapi, and needs no Node",
      severity: "error",
      from: { path: `${tams}/`, pathNot: `${tams}/testing/` },
      to: {
        pathNot: [
          `${tams}/`,
          "^packages/(sluice|time)/src/index\\.ts$",
          "^node_modules/(zod|oauth4webapi)/",
        ],
      },
    },
    {
      name: "store-looks-down",
      comment: "store imports the packages below it",
      severity: "error",
      from: { path: `${store}/` },
      to: { path: "^packages/(?!(sluice|time|media|tams|store)/)" },
    },
    {
      name: "server-looks-down",
      comment: "server imports the packages below it",
      severity: "error",
      from: { path: `${server}/` },
      to: { path: "^packages/(?!(sluice|time|tams|store|server)/)" },
    },
    {
      name: "the-router-stays-in-its-room",
      comment: "create-app is the only module that knows hono",
      severity: "error",
      from: { path: `${server}/`, pathNot: `${server}/app/create-app\\.ts$` },
      to: { path: "^node_modules/hono/" },
    },
    {
      name: "nobody-needs-the-command-line",
      comment: "cli is the top: other packages do not import it",
      severity: "error",
      from: { pathNot: `${cli}/` },
      to: { path: `${cli}/` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.checks.json" },
    doNotFollow: { path: "node_modules" },
  },
};
