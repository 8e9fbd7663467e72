import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const sources = ["packages/*/src/**/*.ts"];
const tests = ["packages/*/test/**/*.ts"];
const typed = [...sources, ...tests, "examples/**/*.ts", "scripts/**/*.mjs"];

const timeValues = [
  "CountRange",
  "Rate",
  "TimeCode",
  "TimeRange",
  "TimeRanges",
  "Timestamp",
];

export default defineConfig(
  globalIgnores(["**/dist/", ".examples/", "docs/reference/", "coverage/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },

  // Everything, the configuration files and bench/ included: without types.
  js.configs.recommended,
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  // TypeScript knows which names there are.
  { rules: { "no-undef": "off" } },

  // What is ours and runs: with types.
  {
    files: typed,
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
    ],
    languageOptions: {
      parserOptions: {
        project: [
          "packages/*/tsconfig.json",
          "tsconfig.checks.json",
          "tsconfig.scripts.json",
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": [
        "error",
        { ignoreVoid: false },
      ],
      "@typescript-eslint/return-await": ["error", "in-try-catch"],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        {
          allowNumber: true,
          // Whose text is what they stand for.
          allow: [
            { from: "lib", name: ["Error", "URL", "URLSearchParams"] },
            { from: "file", name: timeValues },
            { from: "package", package: "@sluice/time", name: timeValues },
          ],
        },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_" },
      ],
      // Any value may be thrown, and passes through by identity.
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      // It takes `enter` and `[enter]` for one method.
      "@typescript-eslint/adjacent-overload-signatures": "off",
      // A getter keeps an error's name on its prototype.
      "@typescript-eslint/class-literal-property-style": "off",
    },
  },

  {
    files: sources,
    rules: {
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 60],
      "max-depth": ["error", 3],
      "max-params": ["error", 4],
      complexity: ["error", 10],
      "no-console": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Export by name.",
        },
        {
          selector: "ExportAllDeclaration",
          message: "Name every export.",
        },
        {
          selector:
            ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression.init",
          message: "Declare a function.",
        },
        {
          selector:
            "[accessibility='private']:not(MethodDefinition[kind='constructor'])",
          message: "Use a #private name.",
        },
      ],
    },
  },
  {
    // Where the operators' doors are, and those of time's values, there is little but
    // their doc comments.
    files: [
      "packages/sluice/src/stream/*.ts",
      "packages/time/src/{instant/timestamp,range/time-range,range/time-ranges,rate/rate}.ts",
    ],
    rules: { "max-lines": ["error", { max: 500, skipComments: true }] },
  },
  {
    files: ["packages/{cli,media,server,sluice,store,tams,time}/src/**/*.ts"],
    rules: { "no-restricted-globals": ["error", "window", "document"] },
  },

  {
    files: ["examples/**/*.ts"],
    rules: {
      // What is caught in an example is what it threw.
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
    },
  },
  {
    files: [...tests, "examples/**/*.ts"],
    rules: {
      // A function taken off its object is often what a test is about.
      "@typescript-eslint/unbound-method": "off",
      // To await what is no promise is how turns of the microtask queue are counted.
      "@typescript-eslint/await-thenable": "off",
      // A stand-in may be asynchronous, or do nothing, for its type's sake.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true },
      ],
    },
  },

  {
    files: ["packages/*/test/native/*.mjs"],
    rules: {
      "@typescript-eslint/no-unused-vars": [
        "error",
        { ignoreUsingDeclarations: true },
      ],
    },
  },

  {
    files: ["scripts/**/*.mjs"],
    // A cast in a comment is not seen.
    rules: { "@typescript-eslint/no-unsafe-return": "off" },
  },
);
