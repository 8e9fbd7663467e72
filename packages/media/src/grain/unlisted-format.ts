/** A format or layout that has no name here: the number that stands for it in a file. */
export type UnlistedFormat = `0x${string}`;
