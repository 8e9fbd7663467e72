import { existsSync } from "node:fs";

/** How large pictures are. */
const [width, height] = [320, 180];

/** The bar code: so many bits, the highest first, as blocks of so many pixels. */
const bits = 12;
const block = 24;
const [left, top] = [16, 116];

/** The number for people is written in this, if it is there. */
const font = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf";

/** Ground, and the bar that moves over it. */
const [ground, bar] = ["0x203040", "0xd08020"];

/**
 * Says which inputs ffmpeg has for a picture.
 *
 * @param {string} rate Pictures in a second.
 * @param {number} frames How many.
 */
export function listPictureInputs(rate, frames) {
  return [
    `color=c=${ground}:s=${width}x${height}:r=${rate}`,
    `color=c=${bar}:s=16x64:r=${rate}`,
  ].flatMap((source) => [
    "-f",
    "lavfi",
    "-i",
    `${source},trim=end_frame=${frames}`,
  ]);
}

/**
 * Draws pictures that tell their number: to people in digits, and to a program in a bar
 * code of two rows, of which the lower is the upper one's complement. It names the
 * picture `[v]`.
 *
 * @param {string} [timing] Filters that set the times of pictures.
 */
export function drawPicture(timing) {
  const digits = existsSync(font)
    ? [
        `drawtext=fontfile=${font}:text='%{frame_num}':start_number=0:x=${left}:y=8:fontsize=24:fontcolor=white`,
      ]
    : [];
  return [
    `[0][1]overlay=x='mod(n*4\\,W)':y=40`,
    ...digits,
    drawBox(left - 8, top - 8, bits * block + 16, 2 * block + 16, "black"),
    ...Array.from({ length: bits }, (_, place) => drawBit(place)).flat(),
    ...(timing === undefined ? [] : [timing]),
    "format=yuv420p[v]",
  ].join(",");
}

/** @param {number} place From the left. */
function drawBit(place) {
  const worth = 2 ** (bits - 1 - place);
  return [1, 0].map((bit, row) => {
    const box = drawBox(
      left + place * block,
      top + row * block,
      block,
      block,
      "white",
    );
    return `${box}:enable='eq(mod(floor(n/${worth})\\,2)\\,${bit})'`;
  });
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {string} colour
 */
function drawBox(x, y, w, h, colour) {
  return `drawbox=x=${x}:y=${y}:w=${w}:h=${h}:color=${colour}:t=fill`;
}
