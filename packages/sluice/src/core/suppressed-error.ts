/** An error that was raised while another was on its way, with both of them. */
export interface SuppressedError extends Error {
  /** The error that was raised last. */
  error: unknown;
  /** The error that was on its way before. */
  suppressed: unknown;
}

interface SuppressedErrorConstructor {
  new (error: unknown, suppressed: unknown, message?: string): SuppressedError;
  readonly prototype: SuppressedError;
}

/**
 * TC39's `SuppressedError`: the platform's own, or ours where it has none.
 *
 * Source: TC39 explicit resource management, The SuppressedError Type.
 *
 * @example Keep both errors
 * ```ts
 * import { SuppressedError } from "sluice";
 * import assert from "node:assert/strict";
 *
 * const both = new SuppressedError(new Error("close"), new Error("write"));
 * assert.equal(both.name, "SuppressedError");
 * ```
 */
export const SuppressedError: SuppressedErrorConstructor =
  /* @__PURE__ */ (() => {
    const platform: { SuppressedError?: SuppressedErrorConstructor } =
      globalThis;
    return (
      platform.SuppressedError ??
      class extends Error {
        declare error: unknown;
        declare suppressed: unknown;

        constructor(error: unknown, suppressed: unknown, message?: string) {
          super(message);
          this.error = error;
          this.suppressed = suppressed;
        }

        override get name(): string {
          return "SuppressedError";
        }
      }
    );
  })();
