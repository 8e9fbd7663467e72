import {
  EncodedPacketSink,
  type EncodedPacket,
  type InputTrack,
} from "mediabunny";
import { FormatError } from "../error/format-error.ts";
import type { InputCalls } from "./input-calls.ts";

/** What of packets is read: without their data it is much less. */
export interface WalkOptions {
  readonly metadataOnly: boolean;
}

/**
 * Goes from packet to packet of one track, in the order of decoding. Holds none: nothing
 * is read ahead.
 */
export class PacketWalk {
  readonly #sink: EncodedPacketSink;
  readonly #calls: InputCalls;
  readonly #checkEnd: () => Promise<void>;

  /** @param checkEnd Throws if the file goes on, in truth, behind its end. */
  constructor(
    track: InputTrack,
    calls: InputCalls,
    checkEnd: () => Promise<void>,
  ) {
    this.#sink = new EncodedPacketSink(track);
    this.#calls = calls;
    this.#checkEnd = checkEnd;
  }

  /** Gives the first packet, if there is one. */
  async first(options: WalkOptions): Promise<EncodedPacket | undefined> {
    const read = (how: WalkOptions) => this.#sink.getFirstPacket(how);
    return this.#read(read, options);
  }

  /** Gives the packet after another, if there is one. */
  async next(
    packet: EncodedPacket,
    options: WalkOptions,
  ): Promise<EncodedPacket | undefined> {
    const read = (how: WalkOptions) => this.#sink.getNextPacket(packet, how);
    return this.#read(read, options);
  }

  /** @throws {FormatError} If there would be more packets, had the file not been cut off. */
  async checkEnd(): Promise<void> {
    await this.#calls.run(this.#checkEnd);
  }

  /** Gives the last packet before an instant that decoding can begin with; or the first. */
  async findStart(
    seconds: number,
    options: WalkOptions,
  ): Promise<EncodedPacket | undefined> {
    const read = (how: WalkOptions) => this.#sink.getKeyPacket(seconds, how);
    return (await this.#read(read, options)) ?? (await this.first(options));
  }

  async #read(
    read: (options: WalkOptions) => Promise<EncodedPacket | null>,
    options: WalkOptions,
  ): Promise<EncodedPacket | undefined> {
    return this.#calls.run(async () => {
      const packet = await read(options);
      if (packet !== null) return packet;
      if (options.metadataOnly) return undefined;
      // Where the data is beyond the end of the file, mediabunny says that there is no
      // packet; without its data there is one.
      const described = await read({ metadataOnly: true });
      if (described === null) return undefined;
      throw new FormatError({
        code: "MEDIA_TRUNCATED",
        format: this.#calls.format,
        problem: `the file ends before a packet of ${described.byteLength} bytes that it describes, presented ${described.timestamp} s from the start`,
      });
    });
  }
}
