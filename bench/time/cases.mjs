import { byHand } from "./by-hand.mjs";
import { ours } from "./ours.mjs";

/**
 * A way of doing a thing many times.
 *
 * @callback Way
 * @param {number} n How many times.
 * @returns {number} What the last results add up to: the same in each way.
 */

/**
 * What is measured.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {string} text What is done once.
 */

/** @type {Case[]} */
export const cases = [
  { id: "fromCount", text: "the instant of a frame at 25, from 0 on" },
  { id: "fromCountNtsc", text: "the same at 30000/1001, in 2023 of TAI" },
  { id: "fromCountSamples", text: "the same of a sample at 48000, in 2023" },
  { id: "toCount", text: "the frame of an instant at 25, from 0 on" },
  { id: "toCountNtsc", text: "the same at 30000/1001, in 2023 of TAI" },
  { id: "toCountSamples", text: "the same of a sample at 48000, in 2023" },
  { id: "compare", text: "which of two instants is earlier" },
  { id: "contains", text: "whether an instant is in a range" },
  { id: "overlaps", text: "whether two ranges overlap" },
  { id: "intersect", text: "what two ranges have in common" },
  {
    id: "perFrame",
    text: "a frame's instant; whether it is in a range; its number within that",
  },
];

/** The ways, by name: by hand first. */
export const ways = /** @type {const} */ ({ byHand, ours });

/** The aim: at most this many times as long as by hand. */
export const limit = 2;
