/**
 * Serving in a Node process.
 *
 * @module
 */

export { serve, type RunningServer, type ServeOptions } from "./serve.ts";
