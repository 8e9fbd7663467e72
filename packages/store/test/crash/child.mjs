// Works on a store until it is killed: takes files in, writes, edits and deletes, as a seed
// says. Each thing is told before it is begun, and once it is done, in a line of JSON.
import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeWave } from "@sluice/media";
import { FlowProvider } from "@sluice/store";
import { TimeRange, Timestamp } from "@sluice/time";
import { asyncWith } from "sluice";

const movie = fileURLToPath(
  new URL("../../../../samples/h264-aac-29.97fps.mp4", import.meta.url),
);
const [folder, seed] = process.argv.slice(2);
let state = Number(seed) >>> 0;

/** A whole number below a bound: mulberry32. */
function random(bound) {
  state = (state + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
}

function randomId() {
  const bytes = Uint8Array.from({ length: 16 }, () => random(256));
  bytes[6] = 0x40 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = Buffer.from(bytes).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}

function tell(line) {
  // At once, so that what was told was told when the process is killed.
  writeSync(1, `${JSON.stringify(line)}\n`);
}

function hash(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The flows that are written to, with where each ends, in seconds. */
const flows = new Map();

async function putFlow({ store }) {
  const id = randomId();
  const label = `flow ${random(1000)}`;
  tell({ begin: "put", id, label });
  await store.putFlow({
    id,
    source_id: randomId(),
    label,
    format: "urn:x-nmos:format:audio",
    codec: "audio/x-raw-int",
    container: "audio/wav",
    essence_parameters: { sample_rate: 48000, channels: 1 },
  });
  flows.set(id, 0);
  tell({ done: true });
}

async function write({ store }, id) {
  const end = flows.get(id);
  const limit = 1 + random(3);
  const pieces = Array.from({ length: limit }, (_, index) => ({
    bytes: Buffer.alloc(1 + random(60_000), random(256)),
    timerange: `[${end + index}:0_${end + index + 1}:0)`,
  }));
  const objectIds = pieces.map(() => randomId());
  const segments = pieces.map(({ bytes, timerange }, index) => ({
    object_id: objectIds[index],
    timerange,
    size: bytes.byteLength,
    sha256: hash(bytes),
  }));
  tell({ begin: "write", id, segments });
  const rooms = await store.allocateObjects(id, { objectIds });
  await Promise.all(
    rooms.map((room, index) => store.writeObject(room, pieces[index].bytes)),
  );
  await store.addSegmentsAtomically(
    id,
    segments.map(({ object_id, timerange }) => ({ object_id, timerange })),
  );
  flows.set(id, end + limit);
  tell({ done: true });
}

async function edit({ store }, id) {
  const label = `edited ${random(1000)}`;
  tell({ begin: "edit", id, label });
  await store.setFlowProperty(id, "label", label);
  tell({ done: true });
}

async function deleteRange(session, id) {
  const start = random(flows.get(id) + 1);
  const end = start + 1 + random(3);
  tell({ begin: "deleteRange", id, start, end });
  await session.deleteRange(
    id,
    TimeRange.of(Timestamp.fromSeconds(start), Timestamp.fromSeconds(end)),
  );
  tell({ done: true });
}

async function deleteFlow(session, id) {
  tell({ begin: "deleteFlow", id });
  await session.deleteFlow(id);
  flows.delete(id);
  tell({ done: true });
}

async function createWave() {
  const numberOfFrames = 8000 * 3;
  const samples = Buffer.alloc(numberOfFrames * 2, random(256));
  const format = { sampleFormat: "s16", numberOfChannels: 1, sampleRate: 8000 };
  const file = writeWave([samples], format, { numberOfFrames });
  return Buffer.concat(await file.toArray());
}

async function ingest(session) {
  // One has two tracks, either of which may be there first.
  const source = random(2) === 0 ? await createWave() : movie;
  tell({ begin: "ingest" });
  const { flow, tracks } = await session.ingest(source);
  tell({ done: true, ids: [flow.id, ...tracks.map(({ id }) => id)] });
}

const actions = [write, write, write, write, edit, deleteRange, deleteFlow];

async function workOn(session) {
  const choice = random(16);
  if (choice === 0) return ingest(session);
  if (choice < 3 || flows.size === 0) return putFlow(session);
  const id = [...flows.keys()][random(flows.size)];
  return actions[random(actions.length)](session, id);
}

tell({ opening: true });
await asyncWith(new FlowProvider(`file:${folder}`), async (session) => {
  for (const { id, status } of await session.listFlows().toArray()) {
    // Those of files that were taken in are left as they are.
    if (status !== undefined) continue;
    const { timerange } = await session.store.getFlow(id, { timerange: true });
    const { end } = TimeRange.parse(timerange);
    flows.set(id, end === undefined ? 0 : Math.ceil(end.toSeconds()));
  }
  tell({ open: true });
  for (;;) await workOn(session);
});
