/**
 * What has to do with Node's own streams; it needs Node, and its types.
 *
 * @module sluice/node
 */

// Streams of Node
export { fromNode } from "./from-node.ts";
export { toNode, type ToNodeOptions } from "./to-node.ts";
