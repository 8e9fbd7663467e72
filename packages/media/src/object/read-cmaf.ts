import { asyncWith } from "sluice";
import {
  joinLengthPrefixed,
  splitLengthPrefixed,
} from "../coding/nal-units.ts";
import { openContainer } from "../container/open-container.ts";
import { UnsupportedMediaError } from "../error/unsupported-media-error.ts";
import { malformed, toBoxBytes } from "../iso-base-media/box.ts";
import { readFragments } from "../iso-base-media/fragment-reader.ts";
import { readMovie, type MovieTrack } from "../iso-base-media/movie.ts";
import type { MovieSample } from "../iso-base-media/sample.ts";
import type { Grain } from "../grain/grain.ts";
import type { AudioEssence, VideoEssence } from "../essence/essence.ts";
import {
  createPictureGrain,
  createSoundGrain,
  type GrainOwner,
} from "./coded-grain.ts";
import { ObjectClock } from "./object-clock.ts";
import type { ObjectToDecode } from "./object-format.ts";

/**
 * Reads the grains of a CMAF object, or of an MP4 file without fragments.
 *
 * @throws {FormatError} If the bytes do not follow their format, or there is no
 * initialisation object.
 * @throws {UnsupportedMediaError} If there is no track of the kind in it, or one of
 * another codec.
 */
export async function decodeCmaf(
  object: ObjectToDecode,
  kind: "video" | "audio",
): Promise<readonly Grain[]> {
  const media = toBoxBytes(object.bytes);
  const init = object.init === undefined ? media : toBoxBytes(object.init);
  const movie = readMovie(init);
  if (movie === undefined) {
    throw malformed(
      0,
      "there is no movie box: it needs its initialisation object",
    );
  }
  const track = findTrack(movie, object, kind);
  const samples = readFragments(media, track);
  if (samples === undefined && object.init === undefined) {
    return readWholeFile(object);
  }
  if (samples === undefined) throw malformed(0, "there is no movie fragment");
  const clock = new ObjectClock(track.timescale, object.timestampOffset);
  const normal = samples.map((sample) => toNormal(sample, track));
  const { essence, ids } = object;
  if (essence.kind === "video") {
    return toPictures(normal, clock, { essence, ids });
  }
  // `findTrack` has refused data.
  return essence.kind === "audio"
    ? toSound(normal, clock, { essence, ids })
    : [];
}

/** Reads a file that has all of its samples in one table. */
async function readWholeFile(object: ObjectToDecode): Promise<Grain[]> {
  const { bytes, essence, ids, timestampOffset } = object;
  const grains = await asyncWith(openContainer(bytes), ({ tracks }) =>
    tracks
      .find((track) => track.essence.kind === essence.kind)
      ?.getGrains({ ids })
      .toArray(),
  );
  return (grains ?? []).map((grain): Grain => {
    const originTimestamp = grain.originTimestamp.add(timestampOffset);
    const syncTimestamp = originTimestamp;
    return Object.freeze({ ...grain, originTimestamp, syncTimestamp });
  });
}

function findTrack(
  movie: readonly MovieTrack[],
  { essence }: ObjectToDecode,
  kind: "video" | "audio",
): MovieTrack {
  const handler = kind === "video" ? "vide" : "soun";
  const tracks = movie.filter((track) => track.handler === handler);
  const track = tracks.find(({ sampleEntry }) =>
    isSampleEntryOf(sampleEntry, essence.codec),
  );
  if (essence.kind === kind && track !== undefined) return track;
  const found = tracks.map(({ sampleEntry }) => `'${sampleEntry}'`);
  throw new UnsupportedMediaError(
    `${kind}/mp4`,
    `there is no track of ${essence.codec}${found.length === 0 ? "" : `, but ${found.join(", ")}`}`,
    { act: "read" },
  );
}

/** Source: the registration authority of MP4 (mp4ra.org), sample entries. */
const sampleEntries: Partial<Record<string, RegExp>> = {
  "video/h264": /^avc[1-4]$/,
  "video/h265": /^h(vc|ev)1$/,
  "video/hevc": /^h(vc|ev)1$/,
  "video/vp8": /^vp08$/,
  "video/vp9": /^vp09$/,
  "video/av1": /^av01$/,
  "video/prores": /^ap[a-z0-9]{2}$/,
  "audio/aac": /^mp4a$/,
  "audio/mpeg": /^(mp4a|\.mp3)$/,
  "audio/opus": /^Opus$/,
  "audio/flac": /^fLaC$/,
  "audio/ac3": /^ac-3$/,
  "audio/eac3": /^ec-3$/,
};

function isSampleEntryOf(entry: string, codec: string): boolean {
  return sampleEntries[codec.toLowerCase()]?.test(entry) ?? false;
}

/** Moves a sample by what the edit list says, and gives its units lengths of 4 bytes. */
function toNormal(
  { decodeTime, presentationTime, data, ...others }: MovieSample,
  { presentationShift: shift, lengthBytes }: MovieTrack,
): MovieSample {
  return {
    ...others,
    decodeTime: decodeTime + shift,
    presentationTime: presentationTime + shift,
    data:
      lengthBytes === 4
        ? data
        : joinLengthPrefixed(splitLengthPrefixed(data, lengthBytes)),
  };
}

function toPictures(
  samples: readonly MovieSample[],
  clock: ObjectClock,
  owner: GrainOwner<VideoEssence>,
): readonly Grain[] {
  const durations = findDurations(samples);
  return samples.map((sample, index) =>
    createPictureGrain(owner, {
      presentation: clock.toFlowTime(sample.presentationTime),
      decode: clock.toFlowTime(sample.decodeTime),
      duration: durations[index] ?? 0,
      timescale: clock.rate.numerator,
      isKeyFrame: sample.isSync,
      data: sample.data,
    }),
  );
}

/** Gives how long each is presented: until the next one is. */
function findDurations(samples: readonly MovieSample[]): number[] {
  const order = [...samples.keys()].sort((a, b) =>
    presentedAt(samples, a) < presentedAt(samples, b) ? -1 : 1,
  );
  const durations: number[] = [];
  for (const [place, index] of order.entries()) {
    const next = order[place + 1];
    durations[index] =
      next === undefined
        ? findLastDuration(samples, presentedAt(samples, order[0] ?? 0), index)
        : Number(presentedAt(samples, next) - presentedAt(samples, index));
  }
  return durations;
}

function presentedAt(samples: readonly MovieSample[], index: number): bigint {
  return samples[index]?.presentationTime ?? 0n;
}

/** All together are presented for as long as they are decoded. */
function findLastDuration(
  samples: readonly MovieSample[],
  start: bigint,
  index: number,
): number {
  const total = samples.reduce((sum, { duration }) => sum + duration, 0);
  const rest = total - Number(presentedAt(samples, index) - start);
  return rest > 0 ? rest : (samples[index]?.duration ?? 0);
}

function toSound(
  samples: readonly MovieSample[],
  clock: ObjectClock,
  owner: GrainOwner<AudioEssence>,
): readonly Grain[] {
  return samples.map((sample) =>
    createSoundGrain(owner, {
      presentation: clock.toFlowTime(sample.presentationTime),
      duration: sample.duration,
      timescale: clock.rate.numerator,
      data: sample.data,
    }),
  );
}
