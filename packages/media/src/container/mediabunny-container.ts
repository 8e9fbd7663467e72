import type { OpenInput, OpenTrack } from "../mediabunny/open-input.ts";
import type { Container } from "./container.ts";
import { createGrainIds } from "./grain-ids.ts";
import { listFacts, type DescribedTrack } from "./grain-facts.ts";

/** Makes a container of a file that mediabunny reads. */
export function toContainer(input: OpenInput): Container {
  return Object.freeze({
    contentType: input.contentType,
    tracks: Object.freeze(input.tracks.map(toTrack)),
  });
}

function toTrack(track: OpenTrack): DescribedTrack {
  const { number, essence, timescale, language, label } = track;
  const ids = createGrainIds();
  return Object.freeze<DescribedTrack>({
    number,
    essence,
    timescale,
    language,
    label,
    [listFacts]: () => track.readFacts(),
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
