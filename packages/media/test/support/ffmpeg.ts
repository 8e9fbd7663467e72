import { spawnSync } from "node:child_process";

/** Whether ffmpeg and ffprobe are installed. */
export const hasFfmpeg: boolean = ["ffmpeg", "ffprobe"].every(
  (tool) => spawnSync(tool, ["-version"]).status === 0,
);

/** What the title of a test says if it is skipped. */
export const whereFfmpegIs: string = hasFfmpeg
  ? "beside ffmpeg"
  : "beside ffmpeg (skipped: ffmpeg is not installed)";

/** Runs ffmpeg, quietly, with bytes as its input, and gives what it writes. */
export function ffmpeg(words: readonly string[], input?: Uint8Array): Buffer {
  return run(
    "ffmpeg",
    ["-hide_banner", "-loglevel", "error", "-nostdin", ...words],
    input,
  );
}

/** Runs ffprobe, and gives what it says in JSON. */
export function ffprobe(words: readonly string[], input?: Uint8Array): unknown {
  const all = ["-loglevel", "error", "-of", "json", ...words];
  return JSON.parse(run("ffprobe", all, input).toString());
}

function run(
  tool: string,
  words: readonly string[],
  input: Uint8Array | undefined,
): Buffer {
  const { status, stdout, stderr } = spawnSync(tool, words, {
    input,
    maxBuffer: 2 ** 28,
  });
  if (status === 0 && stderr.length === 0) return stdout;
  throw new Error(`${tool} ${words.join(" ")}: ${stderr.toString()}`);
}
