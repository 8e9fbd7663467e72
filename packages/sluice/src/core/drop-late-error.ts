/** Handles the failure of what may be a promise that nobody will wait for. */
export function dropLateError(value: unknown): void {
  Promise.resolve(value).catch(ignore);
}

function ignore(): void {
  // Whoever would have waited was told of something else already.
}
