import { FlowProvider } from "@sluice/store";
import { resolve } from "node:path";
import { asyncWith } from "sluice";
import { makeFiles } from "../containers/files.mjs";

/**
 * @typedef {object} MediaFile
 * @property {string} title What it is.
 * @property {string} path
 */

/**
 * Gives the files that are taken in and read; ffmpeg makes the large one.
 *
 * @returns {MediaFile[]} The large one first.
 */
export function findFiles() {
  const { "whole.mp4": large } = makeFiles();
  return [
    { title: "24 s of 1080p50", path: large },
    {
      title: "60 s of a small picture",
      path: findSample(),
    },
  ];
}

/** Gives the path of the small one, which is in the repository. */
export function findSample() {
  return resolve("samples/h264-aac-25fps.mp4");
}

/**
 * Takes a file into a new embedded store.
 *
 * @param {string} folder Where the store is made.
 * @param {string} path
 */
export function ingest(folder, path) {
  return asyncWith(new FlowProvider(`file:${folder}`), (session) =>
    session.ingest(path),
  );
}
