/** mux.js, as far as the packets of elementary streams. */
import muxjs from "mux.js";
import { cut } from "../material.mjs";

/** @import { Way } from "../cases.mjs" */

/** @type {Way} */
function readTs({ bytes }) {
  const { TransportPacketStream, TransportParseStream, ElementaryStream } =
    muxjs.mp2t;
  const packets = new TransportPacketStream();
  let count = 0;
  packets
    .pipe(new TransportParseStream())
    .pipe(new ElementaryStream())
    .on("data", (item) => {
      if (item.type === "video" || item.type === "audio") count++;
    });
  for (const chunk of cut(bytes)) packets.push(chunk);
  packets.flush();
  return { count };
}

/** Each case by its name. */
export const muxJs = { readTs };
