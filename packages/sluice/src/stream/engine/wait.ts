/**
 * What a machine waits for.
 *
 * Small integers, as `Status` is.
 */
export type Wait = 0 | 1 | 2 | 3 | 4 | 5;

/** The event loop's next turn. */
export const PAUSE = 0;
/** The next result of the top frame. */
export const RESULT = 1;
/** The promise that a step's callback gave. */
export const STEP = 2;
/** A promise that a sync source gave as an item. */
export const ITEM = 3;
/** What the cursor in the top frame waits for. */
export const CHILD = 4;
/** A frame that has ended, and closes. */
export const POP = 5;
