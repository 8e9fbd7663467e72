/** Memory while something goes on. */
export interface MemoryWatch {
  /** Looks once more. */
  look(): void;
  /** Gives how much more than at the beginning there was at most, in bytes. */
  readonly peak: number;
}

/** After so many looks garbage is collected, so that it is not counted as held. */
const sweepEach = 20;

/**
 * Begins to watch how much memory is held: objects and the bytes of buffers, garbage left
 * out as far as collecting it now and then does that.
 *
 * Node has to run with `--expose-gc`.
 */
export function watchMemory(): MemoryWatch {
  let looks = 0;
  const start = measure();
  let peak = 0;
  return {
    look() {
      if (looks++ % sweepEach !== 0) return;
      peak = Math.max(peak, measure() - start);
    },
    get peak() {
      return peak;
    },
  };
}

function measure(): number {
  gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
