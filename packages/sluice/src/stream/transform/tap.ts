import { createKind, type Kind } from "../engine/step.ts";

/** Gives every item as it is, once the callback has seen it. */
export const TAP: Kind = createKind((step, _, item) => step.next.push(item));
