import type { Closing } from "./closing.ts";
import type { Awaitable, Cursor, Status } from "./cursor.ts";
import { closeSource, openSource, type Source } from "./source.ts";

const never: Awaitable = new Promise(() => undefined);

/** What all cursors share; one that has not been pulled is a source that has not been opened. */
export abstract class BaseCursor implements Cursor, Source {
  value: unknown = undefined;
  awaiting: Awaitable = never;

  abstract pull(): Status;
  abstract resume(value: unknown): Status;
  abstract fail(error: unknown): Status;
  abstract abort(cause?: ErrorOptions): void;
  abstract close(): Closing;

  [openSource](): this {
    return this;
  }

  [closeSource](): Closing {
    return this.close();
  }
}

/** A source that is opened by making a cursor, of which nothing runs. */
export class CursorSource implements Source {
  readonly #create: () => Cursor;

  constructor(create: () => Cursor) {
    this.#create = create;
  }

  [openSource](): Cursor {
    return this.#create();
  }

  [closeSource](): Closing {
    return this.#create().close();
  }
}
