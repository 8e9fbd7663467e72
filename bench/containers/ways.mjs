/** Who does it, by name; each is loaded where it is measured. */
export const ways = {
  ours: async () => (await import("./ways/ours.mjs")).ours,
  mediabunny: async () => (await import("./ways/mediabunny.mjs")).mediabunny,
  "mux.js": async () => (await import("./ways/mux-js.mjs")).muxJs,
  ffmpeg: async () => (await import("./ways/ffmpeg.mjs")).ffmpeg,
  copy: async () => (await import("./ways/copy.mjs")).copying,
};
