import type { OpenInput, OpenTrack } from "../mediabunny/open-input.ts";
import type { Container, GrainIds, Track } from "./container.ts";

/** Makes a container of a file that mediabunny reads. */
export function toContainer(input: OpenInput): Container {
  return Object.freeze({
    contentType: input.contentType,
    tracks: Object.freeze(input.tracks.map(toTrack)),
  });
}

function toTrack(track: OpenTrack): Track {
  const { number, essence, timescale, language, label } = track;
  const ids: GrainIds = {
    sourceId: crypto.randomUUID(),
    flowId: crypto.randomUUID(),
  };
  return Object.freeze<Track>({
    number,
    essence,
    timescale,
    language,
    label,
    getGrains: (options = {}) => {
      const {
        ids: owner = ids,
        order = "decode",
        timeRange,
        ...rest
      } = options;
      const isPresentationOrder = order === "presentation";
      return track.readGrains({
        owner,
        isPresentationOrder,
        timeRange,
        ...rest,
      });
    },
  });
}
