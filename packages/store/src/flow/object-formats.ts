import {
  chooseObjectFormat,
  findObjectFormat,
  type Essence,
  type ObjectFormat,
} from "@sluice/media";
import type { Flow } from "@sluice/tams";
import { InvalidRequestError } from "../error/invalid-request-error.ts";

/** The formats of media objects that a session knows: those of `@sluice/media`, and others. */
export class ObjectFormats {
  readonly #own: readonly ObjectFormat[];

  /** @param own Formats of who opens the session; they come before the others. */
  constructor(own: readonly ObjectFormat[] = []) {
    this.#own = own;
  }

  /**
   * Finds the format of a flow's objects.
   *
   * @throws {InvalidRequestError} If the flow has no objects, or nobody knows their format.
   */
  find({ id, container }: Pick<Flow, "id" | "container">): ObjectFormat {
    if (container === undefined) {
      throw new InvalidRequestError(
        `Flow '${id}' has no container, and so no segments of its own: use the flows that it collects, or that collect it`,
      );
    }
    const name = container.toLowerCase();
    const own = this.#own.find((format) => format.contentType === name);
    const format = own ?? findObjectFormat(container);
    if (format !== undefined) return format;
    throw new InvalidRequestError(
      `Nothing is known of the container '${container}' of flow '${id}': give its format in objectFormats`,
    );
  }

  /**
   * Chooses a format for a flow's objects.
   *
   * @throws {UnsupportedMediaError} If none can hold such essence.
   */
  choose(essence: Essence): ObjectFormat {
    const own = this.#own.find((format) => format.canHold(essence));
    return own ?? chooseObjectFormat(essence);
  }
}
