import { errorContext, GeneratorError, StopAsyncIteration } from "sluice";
import type { Chain, Link } from "./program.ts";

/** Is shown in place of a cause that the library did not set, as it leads in a circle. */
export const WITHHELD = "withheld";

/** What a program did: its log, its errors by name, and their contexts. */
export class Ledger {
  readonly log: string[] = [];
  readonly chains: Chain[] = [];
  /** The errors that the exits around are handling. */
  cuts: ReadonlySet<unknown> = new Set();
  /** All errors in the order in which they were first seen. */
  readonly #errors: unknown[] = [];
  readonly #names = new Map<unknown, string>();
  readonly #withCause = new Set<unknown>();
  #made = 0;
  #library = 0;

  note(text: string): void {
    this.log.push(text);
  }

  create(...[options]: [] | [ErrorOptions]): Error {
    const name = `E${++this.#made}`;
    const error = new Error(name, options);
    if (options !== undefined) this.#withCause.add(error);
    this.#enter(error, name);
    return error;
  }

  /** Gives the name of an error; numbers one of the library's. */
  see(error: unknown): string {
    const known = this.#names.get(error);
    if (known !== undefined) return known;
    if (error instanceof StopAsyncIteration) return "StopAsyncIteration";
    return this.#enter(error, `${nameKind(error)}/${++this.#library}`);
  }

  /** Gives an error that was seen before, to be raised again. */
  again(index: number): unknown {
    const count = this.#errors.length;
    return count === 0 ? this.create() : this.#errors[index % count];
  }

  caught(error: unknown): void {
    this.note(`caught ${this.see(error)}`);
    this.keepChain(error);
  }

  /** Lists the contexts of an error, up to what the exits around handle. */
  keepChain(error: unknown): void {
    const links: Link[] = [];
    const met = new Set<unknown>();
    let node = error;
    do {
      if (met.has(node)) {
        links.push({ error: `circle ${this.#name(node)}`, cause: null });
        break;
      }
      met.add(node);
      links.push({ error: this.#name(node), cause: this.#showCause(node) });
      node = errorContext(node);
    } while (node !== undefined && !this.cuts.has(node));
    this.chains.push(links);
  }

  #showCause(error: unknown): string | null {
    const cause = readCause(error);
    if (cause === undefined) return this.#isWithheld(error) ? WITHHELD : null;
    const isHidden = this.cuts.has(cause) && !this.#withCause.has(error);
    return isHidden ? null : this.#name(cause);
  }

  /** Whether an error has no cause because its context is caused by it. */
  #isWithheld(error: unknown): boolean {
    const context = errorContext(error);
    if (
      Object.hasOwn(Object(error) as object, "cause") ||
      this.cuts.has(context)
    )
      return false;
    const met = new Set<unknown>();
    for (let node = context; !met.has(node); node = readCause(node)) {
      if (node === error) return true;
      met.add(node);
    }
    return false;
  }

  /** Gives the name of an error; one that nobody has seen has no number. */
  #name(error: unknown): string {
    return this.#names.get(error) ?? nameKind(error);
  }

  #enter(error: unknown, name: string): string {
    this.#names.set(error, name);
    this.#errors.push(error);
    return name;
  }
}

function readCause(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function nameKind(error: unknown): string {
  return error instanceof GeneratorError ? error.code : String(error);
}
