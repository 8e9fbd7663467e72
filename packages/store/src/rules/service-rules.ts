import type { Service } from "@sluice/tams";
import type { Transactions } from "./transactions.ts";

/** What the service says of itself. Source: TAMS 8.2, `/service`. */
export class ServiceRules {
  readonly #transactions: Transactions;
  readonly #defaults: Service;

  /**
   * @param transactions The door to the index.
   * @param defaults What it says until it is changed; all but its name and description
   * never is.
   */
  constructor(transactions: Transactions, defaults: Service) {
    this.#transactions = transactions;
    this.#defaults = defaults;
  }

  /** Gives what it says. */
  get(): Promise<Service> {
    return this.#transactions.read(async (index) => {
      const { name, description } = (await index.findService()) ?? {};
      return {
        ...this.#defaults,
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
      };
    });
  }

  /** Changes what is named, and keeps the rest. */
  update(change: {
    readonly name?: string;
    readonly description?: string;
  }): Promise<void> {
    return this.#transactions.write(undefined, async ({ index }) => {
      const { name, description } = (await index.findService()) ?? {};
      const { type, api_version, min_object_timeout } = this.#defaults;
      await index.putService({
        type,
        api_version,
        min_object_timeout,
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...change,
      });
    });
  }
}
