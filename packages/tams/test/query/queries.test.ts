import {
  deletionRequestQueryFormat,
  flowQueryFormat,
  formatPageHeaders,
  objectQueryFormat,
  pageOptionsFormat,
  parsePageHeaders,
  profileQueryFormat,
  QueryError,
  segmentQueryFormat,
  sourceQueryFormat,
  taggedQueryFormat,
  urlQueryFormat,
  type QueryFormat,
} from "@sluice/tams";
import { timeRanges } from "@sluice/time/testing";
import { TimeRange } from "@sluice/time";
import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";

const word = fc.string({ minLength: 1 }).filter((text) => !text.includes(","));
const uuid = fc.uuid({ version: 4 });
const count = fc.integer({ min: 1, max: 2 ** 40 });
const tagFilter = {
  tags: fc.dictionary(word, fc.array(word, { minLength: 1, maxLength: 3 }), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
  tagExists: fc.dictionary(word, fc.boolean(), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
};
const format = fc.constantFrom(
  "urn:x-nmos:format:video",
  "urn:x-tam:format:image",
);
const urls = {
  acceptGetUrls: fc.array(word, { maxLength: 3 }),
  acceptStorageIds: fc.array(uuid, { maxLength: 3 }),
  presigned: fc.boolean(),
  verboseStorage: fc.boolean(),
  storageBackend: fc.record(tagFilter),
};

const kinds: readonly (readonly [
  string,
  QueryFormat<object>,
  Record<string, Arbitrary<unknown>>,
])[] = [
  [
    "sources",
    sourceQueryFormat,
    {
      ...tagFilter,
      label: fc.string(),
      format,
      collectedByIds: fc.array(uuid, { maxLength: 3 }),
      sortBy: fc.constantFrom("created", "updated", "label"),
      reverseOrder: fc.boolean(),
    },
  ],
  [
    "flows",
    flowQueryFormat,
    {
      ...tagFilter,
      sourceId: uuid,
      timerange: timeRanges(),
      format,
      codec: fc.string(),
      profileId: uuid,
      label: fc.string(),
      status: fc.constantFrom("ingesting", "closed_complete"),
      frameWidth: count,
      frameHeight: count,
      initSegments: fc.boolean(),
      collectedByIds: fc.array(uuid, { maxLength: 3 }),
      sortBy: fc.constantFrom("created", "metadata_updated", "label"),
      reverseOrder: fc.boolean(),
    },
  ],
  [
    "profiles",
    profileQueryFormat,
    { format, codec: fc.string(), label: fc.string() },
  ],
  ["URLs", urlQueryFormat, urls],
  [
    "segments",
    segmentQueryFormat,
    {
      ...urls,
      timerange: timeRanges(),
      objectId: fc.string(),
      reverseOrder: fc.boolean(),
      includeObjectTimerange: fc.boolean(),
    },
  ],
  ["objects", objectQueryFormat, { ...urls, flow: fc.record(tagFilter) }],
  [
    "storage backends",
    taggedQueryFormat,
    { ...tagFilter, reverseOrder: fc.boolean() },
  ],
  [
    "deletion requests",
    deletionRequestQueryFormat,
    {
      sortBy: fc.constantFrom("created", "expiry"),
      reverseOrder: fc.boolean(),
    },
  ],
  ["pages", pageOptionsFormat, { limit: count, page: fc.string() }],
];

// Their values are too large for titles, which `describe.each` makes of them.
for (const [name, format, properties] of kinds)
  describe(`a query of ${name}`, () => {
    it("is read as it was written", () => {
      fc.assert(
        fc.property(fc.record(properties, { requiredKeys: [] }), (query) => {
          const text = format.format(query).toString();
          const read = format.parse(new URLSearchParams(text));
          expect(read).toEqual(query);
        }),
        {
          numRuns: 60,
          interruptAfterTimeLimit: 20_000,
          markInterruptAsFailure: true,
        },
      );
    });

    it("passes over what is not of it", () => {
      const search = new URLSearchParams("unknown=1&tags=2&access_token=3");
      expect(format.parse(search)).toEqual({});
    });
  });

describe("a query with a wrong value", () => {
  it.each([
    [flowQueryFormat, "timerange", "[1:0"],
    [flowQueryFormat, "timerange", "1"],
    [flowQueryFormat, "source_id", "2AA143AC-0AB7-4D75-BC32-5C00C13E186F"],
    [flowQueryFormat, "frame_width", "0"],
    [flowQueryFormat, "frame_width", "1e3"],
    [flowQueryFormat, "format", "video"],
    [flowQueryFormat, "sort_by", "updated"],
    [flowQueryFormat, "init_segments", "yes"],
    [flowQueryFormat, "tag_exists.genre", ""],
    [sourceQueryFormat, "collected_by_ids", "a"],
    [pageOptionsFormat, "limit", "0"],
    [pageOptionsFormat, "limit", "-1"],
    [pageOptionsFormat, "limit", "99999999999999999999"],
  ])("tells which: %s %s=%s", (format: QueryFormat<object>, name, value) => {
    const search = new URLSearchParams({ [name]: value });
    expect(() => format.parse(search)).toThrow(QueryError);
    expect(() => format.parse(search)).toThrow(
      expect.objectContaining({ code: "TAMS_QUERY", parameter: name, value }),
    );
  });

  it("takes Python's words for true and false", () => {
    const search = new URLSearchParams("reverse_order=True");
    expect(sourceQueryFormat.parse(search)).toEqual({ reverseOrder: true });
  });
});

describe("the headers of a page", () => {
  it("link to the next page with every filter, and are read again", () => {
    const url = new URL(
      "https://tams.example/flows?tag.a=b%26c&limit=2&page=x",
    );
    const headers = formatPageHeaders(
      {
        next: "key/+=",
        limit: 2,
        count: 2,
        reverseOrder: false,
        timerange: TimeRange.parse("[0:0_10:0)"),
      },
      url,
    );
    expect(headers.get("Link")).toBe(
      '<https://tams.example/flows?tag.a=b%26c&limit=2&page=key%2F%2B%3D>; rel="next"',
    );
    expect(parsePageHeaders(headers)).toEqual({
      next: "key/+=",
      limit: 2,
      count: 2,
      reverseOrder: false,
      timerange: TimeRange.parse("[0:0_10:0)"),
    });
    headers.delete("X-Paging-NextKey");
    expect(parsePageHeaders(headers).next).toBe("key/+=");
  });

  it("have no link on the last page", () => {
    const headers = formatPageHeaders(
      { count: 0 },
      new URL("https://a.example/"),
    );
    expect([...headers.keys()]).toEqual(["x-paging-count"]);
    expect(parsePageHeaders(headers).next).toBeUndefined();
  });
});
