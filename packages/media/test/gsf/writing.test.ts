import {
  createAudioGrain,
  createCodedVideoGrain,
  createDataGrain,
  createEmptyGrain,
  createGsfHead,
  createVideoGrain,
  readGsf,
  UnsupportedMediaError,
  writeGsf,
  writeGsfParts,
  type Grain,
  type GsfGrain,
  type GsfPart,
} from "@sluice/media";
import { Rate, Timestamp } from "@sluice/time";
import { tracked } from "sluice/testing";
import { describe, expect, it } from "vitest";
import { join } from "../support/bytes.ts";
import { errorOf } from "../support/error-of.ts";

const one = "5333bae9-0768-4e31-be1c-fbd5dc2e34ac";
const other = "6333bae9-0768-4e31-be1c-fbd5dc2e34ac";
const init = {
  sourceId: "2db4268e-82ef-49f9-bc0f-1726e8352d76",
  flowId: one,
  originTimestamp: Timestamp.zero,
};
const video = {
  ...init,
  format: "H264",
  originWidth: 2,
  originHeight: 2,
} as const;

function createGrain(flowId: string): Grain {
  return createEmptyGrain({ ...init, flowId });
}

async function fail(grain: Grain, version: 7 | 8 | 9 = 9): Promise<unknown> {
  return errorOf(writeGsf(createGsfHead({ version }), [grain]).toArray());
}

describe("writeGsf()", () => {
  it("gives each flow a segment of its own", async () => {
    const head = createGsfHead({ segments: [{}, { localId: 7 }] });

    const file = writeGsf(head, [one, other, one].map(createGrain));

    expect(
      await readGsf(file)
        .map(({ localId }) => localId)
        .toArray(),
    ).toEqual([1, 7, 1]);
  });

  it("takes the segment that the head says is the flow's", async () => {
    const flow = {
      sourceId: init.sourceId,
      flowId: other,
      format: "",
      json: "",
    };
    const head = createGsfHead({ segments: [{ flow }, {}] });

    const file = writeGsf(head, [one, other].map(createGrain));

    expect(
      await readGsf(file)
        .map(({ localId }) => localId)
        .toArray(),
    ).toEqual([2, 1]);
  });

  it("leaves a grain in the segment that it says it is in", async () => {
    const grain: GsfGrain = {
      kind: "grain",
      localId: 1,
      grain: createGrain(other),
    };
    const head = createGsfHead({ segments: [{}, {}] });

    const file = writeGsf(head, [grain, ...[one, other].map(createGrain)]);

    expect(
      await readGsf(file)
        .map(({ localId }) => localId)
        .toArray(),
    ).toEqual([1, 2, 1]);
  });

  it("refuses more flows than there are segments", async () => {
    const grains = [one, other].map(createGrain);

    const error = await errorOf(writeGsf(createGsfHead(), grains).toArray());

    expect(error).toMatchObject({
      name: "RangeError",
      message: `Cannot write a grain of flow ${other}: all segments of the head have other flows`,
    });
  });

  it("refuses a segment that the head does not have", async () => {
    const grain: GsfGrain = {
      kind: "grain",
      localId: 2,
      grain: createGrain(one),
    };

    expect(
      await errorOf(writeGsf(createGsfHead(), [grain]).toArray()),
    ).toMatchObject({
      message:
        "Cannot write a grain to segment 2: the head has no such segment",
    });
  });

  it("hands payloads on, and copies small ones only", async () => {
    const large = createDataGrain({ ...init, data: new Uint8Array(5000) });
    const small = createDataGrain({ ...init, data: new Uint8Array(50) });

    const chunks = await writeGsf(createGsfHead(), [large, small]).toArray();

    expect(chunks).toHaveLength(5);
    expect(chunks[2]).toBe(large.data);
  });

  it("makes nothing that is not asked for, and closes its source", async () => {
    const [grains, track] = tracked([one, one, one].map(createGrain));
    const chunks = writeGsf(createGsfHead(), grains);

    await chunks.next();
    expect(track.pulled).toBe(0);
    await chunks.next();
    expect(track.pulled).toBe(1);
    await chunks.return();

    expect(track.closed).toBe(1);
  });

  it("ends by its signal, with the reason", async () => {
    const controller = new AbortController();
    const [grains, track] = tracked([one, one, one].map(createGrain));
    const reason = new Error("Enough");
    const chunks = writeGsf(createGsfHead(), grains, {
      signal: controller.signal,
    });
    await chunks.next();
    await chunks.next();

    controller.abort(reason);

    expect(await errorOf(chunks.next())).toBe(reason);
    expect(track.open).toBe(0);
  });

  it("passes the failure of its grains on, without an end", async () => {
    const failure = new Error("No more");
    const seen: Uint8Array[] = [];
    const grains = (async function* () {
      yield createGrain(one);
      throw failure;
    })();

    const error = await errorOf(
      writeGsf(createGsfHead(), grains).forEach((chunk) => {
        seen.push(chunk);
      }),
    );

    expect(error).toBe(failure);
    expect(await errorOf(readGsf(join(seen)).toArray())).toMatchObject({
      code: "MEDIA_TRUNCATED",
    });
  });
});

describe("writeGsf() of what the format cannot say", () => {
  it.each<[string, 7 | 8 | 9, Grain]>([
    [
      "GSF 7: it has no times before 0, such as -0:1",
      7,
      createEmptyGrain({ ...init, syncTimestamp: Timestamp.parse("-0:1") }),
    ],
    [
      "GSF 8: it has to say whether a picture is a key frame, and this one does not tell",
      8,
      createCodedVideoGrain(video),
    ],
    [
      "GSF: it has 32 bits for each number of the rate 1/4294967296",
      9,
      createEmptyGrain({ ...init, rate: Rate.of(1, 2 ** 32) }),
    ],
    [
      "GSF: it has no number for 0x100000000",
      9,
      createAudioGrain({
        ...init,
        format: "0x100000000",
        channels: 1,
        samples: 1,
        sampleRate: 1,
      }),
    ],
    [
      "GSF: it has no number for 0x100",
      9,
      createDataGrain({ ...init, format: "0x100" }),
    ],
    [
      'GSF: it has 16 bytes for a text, and that which begins with "ééééééééé" has 18',
      9,
      createEmptyGrain({
        ...init,
        timeLabels: [
          {
            tag: "ééééééééé",
            frameCount: 0,
            rate: undefined,
            dropFrame: false,
          },
        ],
      }),
    ],
    [
      'GSF: a text that is filled up with zeros has none in it, as "a\\u0000b" has',
      9,
      createEmptyGrain({
        ...init,
        timeLabels: [
          { tag: "a\0b", frameCount: 0, rate: undefined, dropFrame: false },
        ],
      }),
    ],
    [
      "GSF: a grain has at most 65535 coded units, and this one has 65536",
      9,
      createCodedVideoGrain({
        ...video,
        unitOffsets: Array.from({ length: 65_536 }, () => 0),
      }),
    ],
  ])("says %s", async (problem, version, grain) => {
    const error = await fail(grain, version);

    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(error).toHaveProperty("message", `Cannot write ${problem}`);
  });

  it.each([
    [{ tags: [{ key: "\ud800", value: "" }] }, "half a surrogate pair"],
    [{ tags: [{ key: "", value: "x".repeat(65_536) }] }, "has 65536"],
    [{ created: Timestamp.highest }, "it has no date for"],
    [{ created: Timestamp.parse("63072000:0") }, "it has no date for"],
  ])("refuses the head %#", async (head, problem) => {
    const error = await errorOf(writeGsf(createGsfHead(head), []).toArray());

    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(String(error)).toContain(problem);
  });

  it("has an offset that is unknown in every version", async () => {
    const grain = createCodedVideoGrain({ ...video, isKeyFrame: false });

    const file = writeGsf(createGsfHead({ version: 7 }), [grain]);

    expect(
      await readGsf(file)
        .map((part) => part.grain)
        .toArray(),
    ).toEqual([grain]);
  });

  it("has pictures whose planes are not known", async () => {
    const grain = createVideoGrain({
      ...init,
      format: "UNKNOWN",
      width: 2,
      height: 2,
    });

    const file = writeGsf(createGsfHead(), [grain]);

    expect(
      await readGsf(file)
        .map((part) => part.grain)
        .toArray(),
    ).toEqual([grain]);
  });
});

describe("writeGsfParts()", () => {
  it("refuses a part that has no head before it", async () => {
    const parts: GsfPart[] = [
      createGsfHead(),
      { kind: "end" },
      { kind: "end" },
    ];

    expect(await errorOf(writeGsfParts(parts).toArray())).toMatchObject({
      name: "TypeError",
      message: "Cannot write a part of kind end: there was no head before it",
    });
  });

  it.each(["grai", "head", "SSBB", "abc", "abcde", "abc\u0100"])(
    "refuses a block with the tag %j",
    async (tag) => {
      const parts: GsfPart[] = [
        createGsfHead(),
        { kind: "block", tag, data: new Uint8Array(0) },
      ];

      expect(await errorOf(writeGsfParts(parts).toArray())).toMatchObject({
        name: "RangeError",
        message: `Cannot write a block ${JSON.stringify(tag)}: that is no tag of an unknown block`,
      });
    },
  );

  it("refuses another number of bytes that version 7 does not use", async () => {
    const parts: GsfPart[] = [
      createGsfHead({ version: 7 }),
      {
        kind: "grain",
        localId: 1,
        grain: createGrain(one),
        unused: new Uint8Array(15),
      },
    ];

    expect(await errorOf(writeGsfParts(parts).toArray())).toMatchObject({
      message: "Cannot write 15 unused bytes: there are 16",
    });
  });
});

describe("createGsfHead()", () => {
  it("makes the head of a new file", () => {
    const head = createGsfHead();

    expect(head).toMatchObject({
      kind: "head",
      version: { major: 9, minor: 0 },
      segments: [{ localId: 1, count: undefined, flow: undefined, tags: [] }],
      tags: [],
    });
    expect(head.id).not.toBe(createGsfHead().id);
  });

  it("refuses ids and counts that are none", () => {
    expect(() => createGsfHead({ id: "x" })).toThrow(SyntaxError);
    expect(() => createGsfHead({ segments: [{ localId: 65_536 }] })).toThrow(
      "Cannot use 65536 as localId: it is not a whole number from 0 to 65535",
    );
    expect(() => createGsfHead({ segments: [{ count: -1 }] })).toThrow(
      RangeError,
    );
    expect(() =>
      createGsfHead({ segments: [{ localId: 2 }, { localId: 2 }] }),
    ).toThrow("Cannot make this GSF head: two segments have the same local id");
  });
});
