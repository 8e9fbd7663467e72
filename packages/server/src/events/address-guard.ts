import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { InvalidRequestError } from "@sluice/store";
import { DeliveryError } from "../error/delivery-error.ts";

/** Where events may be sent to. */
export interface AddressGuardOptions {
  /**
   * Hosts that may be called although they are in a private network: names or addresses as
   * they stand in URLs, such as `127.0.0.1` or `hooks.internal`; none by default.
   */
  readonly allowedHosts?: readonly string[] | undefined;
}

// Source: IANA's registry of special addresses (RFC 6890); what is not for the public.
const privateIpv4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
// Within what is public in IPv6 (2000::/3): documentation, and what hides IPv4 addresses.
const privateIpv6: typeof privateIpv4 = [
  ["2001::", 32],
  ["2001:db8::", 32],
  ["2002::", 16],
];

/**
 * Keeps events from private networks, so that nobody makes this server call what only it
 * can reach (server-side request forgery).
 *
 * What a name stands for is looked at when a connection is made, and that connection goes
 * to the address that was looked at: a name that changes in between gains nothing.
 *
 * Source: TAMS 8.2, `POST /service/webhooks`; our decision 0090.
 */
export class AddressGuard {
  readonly #allowed: ReadonlySet<string>;
  readonly #private = new BlockList();
  readonly #public = new BlockList();

  /** @param options Where they may go nevertheless. */
  constructor({ allowedHosts = [] }: AddressGuardOptions = {}) {
    this.#allowed = new Set(allowedHosts.map(normalise));
    this.#public.addSubnet("2000::", 3, "ipv6");
    for (const [network, prefix] of privateIpv4) {
      this.#private.addSubnet(network, prefix, "ipv4");
    }
    for (const [network, prefix] of privateIpv6) {
      this.#private.addSubnet(network, prefix, "ipv6");
    }
  }

  /**
   * Checks what can be told of a URL without looking up its name: for registrations.
   *
   * @throws {InvalidRequestError} If it names a private address.
   */
  readonly checkUrl = (url: URL): void => {
    const reason = this.#refuse(url);
    if (reason !== undefined) throw new InvalidRequestError(reason);
  };

  /**
   * Gives what looks up the host of a URL for a connection.
   *
   * @throws {DeliveryError} If the URL names a private address; at once, or as the failure
   * of the look-up.
   */
  createLookup(url: URL): LookupFunction {
    const reason = this.#refuse(url);
    if (reason !== undefined) throw new DeliveryError(reason);
    if (this.#allowed.has(normalise(url.hostname))) return lookup;
    return (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        const found: readonly LookupAddress[] = error === null ? addresses : [];
        const [first] = found;
        const closed = found.find(({ address }) => this.#isPrivate(address));
        if (error !== null || first === undefined) {
          callback(
            error ?? new DeliveryError(`'${hostname}' has no address`),
            "",
          );
        } else if (closed !== undefined) {
          callback(new DeliveryError(describe(url, closed.address)), "");
        } else if (options.all === true) {
          callback(null, [...found]);
        } else {
          callback(null, first.address, first.family);
        }
      });
    };
  }

  #refuse(url: URL): string | undefined {
    const host = normalise(url.hostname);
    if (this.#allowed.has(host)) return undefined;
    const isClosed =
      host === "localhost" ||
      host.endsWith(".localhost") ||
      (isIP(host) !== 0 && this.#isPrivate(host));
    return isClosed ? describe(url, host) : undefined;
  }

  #isPrivate(address: string): boolean {
    if (isIP(address) === 4) return this.#private.check(address, "ipv4");
    return (
      !this.#public.check(address, "ipv6") ||
      this.#private.check(address, "ipv6")
    );
  }
}

function describe(url: URL, address: string): string {
  return `Cannot send events to '${url.host}': ${address} is in a private network; let the server's configuration allow that host`;
}

function normalise(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}
