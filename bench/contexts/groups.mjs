import { asyncBlock } from "./cases/async-block.mjs";
import { classAsync } from "./cases/class-async.mjs";
import { classSync, syncInAsync } from "./cases/class-sync.mjs";
import { asyncGenerators, syncGenerators } from "./cases/generators.mjs";
import { manyClasses } from "./cases/many-classes.mjs";
import { asyncStack, callbackStack, syncStack } from "./cases/stacks.mjs";

/**
 * Whose code a case measures. The `baseline` is the one that the others of its
 * group are held against.
 *
 * @typedef {"baseline" | "hand" | "ours" | "contextlib" | "effect" | "native"} Kind
 */

/**
 * A way of writing something.
 *
 * @typedef {object} Case
 * @property {string} name Markdown.
 * @property {Kind} kind
 * @property {() => Run | Promise<Run>} load Imports what the case needs, no more.
 */

/**
 * Does it `n` times, one after the other.
 *
 * @typedef {(n: number) => void | Promise<unknown>} Run
 */

/**
 * Several ways of writing the same: a table of the report.
 *
 * @typedef {object} Group
 * @property {string} id
 * @property {string} title Markdown.
 * @property {string} text What the table's reader has to know besides.
 * @property {number} [sessions] How many sessions one time opens; 1 by default.
 * @property {Case[]} cases The baseline first.
 */

/** @type {Group[]} */
export const groups = [
  classAsync,
  asyncBlock,
  manyClasses,
  classSync,
  syncInAsync,
  asyncGenerators,
  syncGenerators,
  asyncStack,
  syncStack,
  callbackStack,
];
