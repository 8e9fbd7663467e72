import {
  flowPutSchema,
  flowSchema,
  parseDocument,
  segmentPostsSchema,
  storageRequestSchema,
  WireError,
} from "@sluice/tams";
import { describe, expect, it } from "vitest";

const flow = {
  id: "4f79cfd1-c057-47f4-8e4d-1b126ca7bf34",
  source_id: "2aa143ac-0ab7-4d75-bc32-5c00c13e186f",
  format: "urn:x-nmos:format:video",
  codec: "video/h264",
  essence_parameters: {
    frame_width: 1920,
    frame_height: 1080,
    frame_rate: { numerator: 25 },
  },
};

describe("a document that does not follow its schema", () => {
  it("is refused with every place that is wrong", () => {
    const { codec: _, ...wrong } = { ...flow, id: "1", tags: { a: 1 } };
    expect(() => parseDocument(flowSchema, wrong, "flow")).toThrow(
      expect.objectContaining({
        name: "WireError",
        code: "TAMS_WIRE",
        document: "flow",
        problems: [
          {
            path: ["id"],
            problem: "is no UUID of version 1 to 5 in small letters",
          },
          {
            path: ["tags", "a"],
            problem: "is no text, and no list of texts",
          },
          expect.objectContaining({ path: ["codec"] }),
        ],
      }),
    );
  });

  it.each([
    ["neither rate nor vfr", {}],
    ["both rate and vfr", { frame_rate: { numerator: 25 }, vfr: true }],
    ["a rate of no frames", { frame_rate: { numerator: 0 } }],
    ["what TAMS does not know", { frame_rate: { numerator: 25 }, fps: 25 }],
  ])("is refused with %s", (_title, essence) => {
    const essence_parameters = { frame_width: 1, frame_height: 1, ...essence };
    const wrong = { ...flow, essence_parameters };
    expect(() => parseDocument(flowSchema, wrong, "flow")).toThrow(WireError);
    expect(() => parseDocument(flowPutSchema, wrong, "flow")).toThrow(
      WireError,
    );
  });

  it.each([null, [], "flow", 1, {}])("is refused as %j", (value) => {
    expect(() => parseDocument(flowPutSchema, value, "flow")).toThrow(
      WireError,
    );
  });
});

describe("a flow to be put", () => {
  it("may take what it does not name from a profile", () => {
    const { id, source_id } = flow;
    const put = { id, source_id, profile_id: source_id };
    expect(parseDocument(flowPutSchema, put, "flow")).toEqual(put);
  });

  it("loses its profile by an empty id", () => {
    const put = { ...flow, profile_id: "" };
    expect(parseDocument(flowPutSchema, put, "flow")).toEqual(flow);
  });

  it("keeps what TAMS does not name", () => {
    const put = { ...flow, "com.example.colour": "red" };
    expect(parseDocument(flowPutSchema, put, "flow")).toEqual(put);
  });
});

describe("segments to be registered", () => {
  const post = { object_id: "a", timerange: "[0:0_1:0)" };

  it("are one or several", () => {
    expect(parseDocument(segmentPostsSchema, post, "segment")).toEqual(post);
    expect(parseDocument(segmentPostsSchema, [post], "segments")).toEqual([
      post,
    ]);
  });

  it("are refused with the place among them", () => {
    const wrong = [post, { ...post, timerange: "[1:0" }];
    expect(() => parseDocument(segmentPostsSchema, wrong, "segments")).toThrow(
      "'1.timerange' is no range of time",
    );
  });
});

describe("a request for storage", () => {
  it("may spell the type of its content as the text of TAMS does", () => {
    const request = { "content-type": "video/mp4" };
    expect(parseDocument(storageRequestSchema, request, "request")).toEqual({
      content_type: "video/mp4",
    });
  });

  it("cannot have both a limit and ids", () => {
    const request = { limit: 1, object_ids: ["a"] };
    expect(() =>
      parseDocument(storageRequestSchema, request, "request"),
    ).toThrow("must have a limit, or object_ids, and not both");
  });
});
