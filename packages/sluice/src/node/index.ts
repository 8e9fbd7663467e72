// Streams of Node
export { fromNode } from "./from-node.ts";
export { toNode, type ToNodeOptions } from "./to-node.ts";
