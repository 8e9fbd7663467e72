import type { AudioGrain } from "./audio-grain.ts";
import type { CodedAudioGrain } from "./coded-audio-grain.ts";
import type { CodedVideoGrain } from "./coded-video-grain.ts";
import type { DataGrain } from "./data-grain.ts";
import type { EmptyGrain } from "./empty-grain.ts";
import type { VideoGrain } from "./video-grain.ts";

/**
 * The smallest piece of a flow that has a time of its own: a picture, a run of sound, an
 * event; `kind` tells which.
 *
 * Source: the grain of the Joint Task Force on Networked Media's reference architecture,
 * as the BBC's mediagrains has it; its *event* grain is a data grain here.
 */
export type Grain =
  | VideoGrain
  | CodedVideoGrain
  | AudioGrain
  | CodedAudioGrain
  | DataGrain
  | EmptyGrain;
