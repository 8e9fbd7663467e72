import { fork } from "node:child_process";

/** @import { ChildProcess } from "node:child_process" */
/** @import { Runtime } from "./runtimes.mjs" */

/**
 * Starts a process that measures when it is asked to.
 *
 * @param {URL} child The program.
 * @param {readonly string[]} words What it is told to measure.
 * @param {Runtime} runtime
 * @param {string[]} [flags] Node's.
 * @returns {Promise<ChildProcess>} The worker, once it is ready.
 */
export async function startWorker(child, words, runtime, flags = []) {
  const worker = fork(child, words, {
    execArgv: flags,
    execPath: runtime.path,
  });
  await receive(worker, words);
  return worker;
}

/**
 * @param {ChildProcess} worker
 * @param {object} question
 * @returns {Promise<object>} The worker's answer.
 */
export function ask(worker, question) {
  const [, , ...words] = worker.spawnargs;
  const answer = receive(worker, words);
  worker.send(question);
  return answer;
}

/**
 * @param {ChildProcess} worker
 * @param {readonly string[]} words
 * @returns {Promise<object>} The worker's next message.
 */
function receive(worker, words) {
  return new Promise((resolve, reject) => {
    const onExit = () => {
      reject(new Error(`Cannot measure ${words.join(", ")}: it ended`));
    };
    worker.once("exit", onExit);
    worker.once("message", (message) => {
      worker.off("exit", onExit);
      resolve(message);
    });
  });
}
