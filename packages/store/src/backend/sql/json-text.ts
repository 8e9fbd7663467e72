declare const content: unique symbol;

/** A text that is the JSON of a value; the type alone knows of which. */
export type JsonText<T> = string & { readonly [content]: T };

/**
 * Writes a document as it is kept.
 *
 * @param document Plain values that JSON has.
 * @returns JSON.
 */
export function formatDocument<T extends object>(document: T): JsonText<T> {
  // A text has no such property: it is there for the type.
  return JSON.stringify(document) as JsonText<T>;
}

/**
 * Reads a document that was kept.
 *
 * @param row Where it is.
 * @returns The document.
 */
export function parseDocument<T>(row: { readonly document: JsonText<T> }): T {
  // Only formatDocument() makes such texts.
  return JSON.parse(row.document) as T;
}
