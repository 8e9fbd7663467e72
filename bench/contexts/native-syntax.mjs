/**
 * What only a platform with `using` can parse: imported there alone.
 */
import { AsyncSession, SyncSession, tally } from "./sessions.mjs";

/** @param {number} n */
export async function useAsync(n) {
  for (let i = 0; i < n; i++) {
    await using session = await new AsyncSession().enter();
    tally.sum += session.size;
  }
}

/** @param {number} n */
export async function useAsyncAndWait(n) {
  for (let i = 0; i < n; i++) {
    await using session = await new AsyncSession().enter();
    await undefined;
    tally.sum += session.size;
  }
}

/** @param {number} n */
export function useSync(n) {
  for (let i = 0; i < n; i++) {
    using session = new SyncSession().enter();
    tally.sum += session.size;
  }
}

/** @param {number} n */
export async function awaitUseSync(n) {
  for (let i = 0; i < n; i++) {
    await using session = new SyncSession().enter();
    tally.sum += session.size;
  }
}
