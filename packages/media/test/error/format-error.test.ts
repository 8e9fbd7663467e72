import { readFileSync } from "node:fs";
import * as media from "@sluice/media";
import {
  type ExportRangeError,
  FormatError,
  MediaError,
  type UnreadableMediaError,
  UnsupportedMediaError,
  type FormatErrorCode,
} from "@sluice/media";
import { describe, expect, it } from "vitest";

describe("FormatError", () => {
  it("says where bytes are wrong, and why", () => {
    const cause = new Error("A cause");

    const error = new FormatError(
      {
        code: "MEDIA_MALFORMED",
        format: "GSF",
        offset: 12,
        problem: "a block of 3 bytes",
      },
      { cause },
    );

    expect(error).toBeInstanceOf(MediaError);
    expect(error).toMatchObject({
      name: "FormatError",
      code: "MEDIA_MALFORMED",
      format: "GSF",
      offset: 12,
      message: "Cannot read GSF at byte 12: a block of 3 bytes",
      cause,
    });
    expect(Object.keys(error)).not.toContain("name");
  });
});

describe("FormatError without an offset", () => {
  it("says no place where the reader knows none", () => {
    const error = new FormatError({
      code: "MEDIA_MALFORMED",
      format: "MP4",
      problem: "there is no track in it",
    });

    expect(error.offset).toBeUndefined();
    expect(error.message).toBe("Cannot read MP4: there is no track in it");
  });
});

describe("UnsupportedMediaError", () => {
  it("says what a format has no way to say", () => {
    const error = new UnsupportedMediaError("GSF 7", "it has no format VP9");

    expect(error).toBeInstanceOf(MediaError);
    expect(error).toMatchObject({
      name: "UnsupportedMediaError",
      code: "MEDIA_UNSUPPORTED",
      format: "GSF 7",
      message: "Cannot write GSF 7: it has no format VP9",
    });
  });
});

describe("UnsupportedMediaError of reading", () => {
  it("says what cannot be read", () => {
    const error = new UnsupportedMediaError("MP4", "its sound is ALAC", {
      act: "read",
    });

    expect(error.message).toBe("Cannot read MP4: its sound is ALAC");
  });
});

describe("docs/errors.md", () => {
  it("lists every code of the package, and no other", () => {
    const page = readFileSync(
      new URL("../../../../docs/errors.md", import.meta.url),
      "utf8",
    );
    const listed = [...page.matchAll(/^\| `(MEDIA_\w+)`/gm)].map(
      ([, code]) => code,
    );
    const codes: Record<
      | ExportRangeError["code"]
      | FormatErrorCode
      | UnreadableMediaError["code"]
      | UnsupportedMediaError["code"],
      true
    > = {
      MEDIA_EXPORT_RANGE: true,
      MEDIA_MALFORMED: true,
      MEDIA_TRUNCATED: true,
      MEDIA_UNREADABLE: true,
      MEDIA_UNSUPPORTED: true,
    };

    expect(listed.sort()).toEqual(Object.keys(codes).sort());
  });

  it("knows every class of errors that is exported", () => {
    const classes = Object.entries(media)
      .filter(
        ([, value]) =>
          typeof value === "function" && value.prototype instanceof Error,
      )
      .map(([name]) => name);

    expect(classes.sort()).toEqual([
      "ExportRangeError",
      "FormatError",
      "MediaError",
      "UnreadableMediaError",
      "UnsupportedMediaError",
    ]);
  });
});
