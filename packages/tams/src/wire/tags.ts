/** Names, each with a text or several. */
export type Tags = Readonly<Record<string, string | readonly string[]>>;
