import {
  InputDisposedError,
  UnsupportedInputFormatError,
  type InputFormat,
} from "mediabunny";
import { ClosedError } from "sluice";
import { FormatError } from "../error/format-error.ts";
import { MediaError } from "../error/media-error.ts";
import type { InputSource } from "./input-source.ts";
import { quietly } from "./quietly.ts";

/** Calls mediabunny for one input, and makes its errors ours. */
export class InputCalls {
  readonly #sources: readonly InputSource[];
  #format = "media";
  #isClosed = false;

  constructor(sources: readonly InputSource[]) {
    this.#sources = sources;
  }

  /** What messages call the format. */
  get format(): string {
    return this.#format;
  }

  /** Says what messages call the format. */
  name(format: InputFormat): void {
    this.#format = format.name;
  }

  /** Lets each later call fail. */
  close(): void {
    this.#isClosed = true;
  }

  /**
   * @throws {ClosedError} If the input is closed.
   * @throws {FormatError} If mediabunny cannot make sense of the bytes.
   * @throws What reading bytes failed with.
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    this.#checkOpen();
    try {
      for (const source of this.#sources) source.check();
      return await quietly(call);
    } catch (error) {
      // It was closed while the call was under way.
      this.#checkOpen();
      throw this.#toOurs(error);
    }
  }

  #checkOpen(): void {
    if (!this.#isClosed) return;
    throw new ClosedError("Cannot read a track: its container is closed");
  }

  #toOurs(error: unknown): unknown {
    const isOurs =
      error instanceof MediaError ||
      this.#sources.some((source) => source.isFailure(error));
    if (isOurs) return error;
    if (error instanceof InputDisposedError) {
      return new ClosedError("Cannot read a track: its container is closed", {
        cause: error,
      });
    }
    if (error instanceof UnsupportedInputFormatError) {
      return new FormatError(
        {
          code: "MEDIA_MALFORMED",
          format: "media",
          offset: 0,
          problem:
            "the bytes have the signature of no format that can be read (MP4, MOV, Matroska, WebM, Ogg, FLAC, MP3, ADTS, MPEG-TS, WAV, GSF)",
        },
        { cause: error },
      );
    }
    return this.malformed(toText(error), error);
  }

  /** Makes the error of bytes that do not follow their format. */
  malformed(problem: string, cause?: unknown): FormatError {
    const options = cause === undefined ? undefined : { cause };
    return new FormatError(
      { code: "MEDIA_MALFORMED", format: this.#format, problem },
      options,
    );
  }
}

function toText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text === "" ? "the reader failed without a reason" : text;
}
