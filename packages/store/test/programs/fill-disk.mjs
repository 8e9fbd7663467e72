// Writes to a store on a disk that is too small, and tells what became of it, as JSON.
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedStore, openFileBucket } from "@sluice/store";
import { asyncWith } from "sluice";

const disk = process.argv[2];
const folder = join(disk, "store");
// Something that has nothing to do with the store, and goes when there is no room.
const other = join(disk, "other");
const flow = {
  id: "f1c8c095-5739-46f4-9bbc-3d7050c9ba23",
  source_id: "38bfd902-b35f-40d6-9ecf-dc95869130cf",
  format: "urn:x-nmos:format:audio",
  codec: "audio/x-raw-int",
  container: "audio/wav",
  essence_parameters: { sample_rate: 48000, channels: 1 },
};
const piece = 300_000;
const written = [];
const failed = [];

function makeBytes(index) {
  return new Uint8Array(piece).fill(index);
}

async function writeOne(store, index) {
  const [allocated] = await store.allocateObjects(flow.id);
  await store.writeObject(allocated, makeBytes(index));
  const object_id = allocated.objectId;
  const timerange = `[${index}:0_${index + 1}:0)`;
  await store.addSegmentsAtomically(flow.id, [{ object_id, timerange }]);
  written.push({ object_id, index });
}

await writeFile(other, new Uint8Array(piece));
await asyncWith(openEmbeddedStore(folder), async (store) => {
  await store.putFlow(flow);
  for (let index = 1; index <= 100 && failed.length === 0; index += 1) {
    try {
      await writeOne(store, index);
    } catch (error) {
      failed.push({ code: error.code, message: error.message });
    }
  }
});
const drafts = await readdir(join(folder, "media", "drafts"));

// What it said is there is there, and there is room again once some is made.
await rm(other);
let whole = 0;
let isGoingOn = false;
await asyncWith(openEmbeddedStore(folder), async (store) => {
  const { items } = await store.listSegments(flow.id);
  for (const { object_id, index } of written) {
    const bytes = await store.readObject(object_id);
    const isSame = Buffer.from(makeBytes(index)).equals(bytes);
    if (isSame && items.some((item) => item.object_id === object_id))
      whole += 1;
  }
  await store.deleteSegments(flow.id);
  await store.sweep();
  await writeOne(store, 50);
  isGoingOn = true;
});
// Files alone, without an index that may be full before they are.
const bucket = { code: undefined, left: -1 };
await asyncWith(openFileBucket(join(disk, "bucket")), async (opened) => {
  try {
    await opened.write("a", endless());
  } catch (error) {
    bucket.code = error.code;
  }
  bucket.left = (await readdir(join(disk, "bucket", "drafts"))).length;
});

process.stdout.write(
  JSON.stringify({
    drafts,
    failed,
    written: written.length - 1,
    whole,
    isGoingOn,
    bucket,
  }),
);

async function* endless() {
  for (;;) yield new Uint8Array(100_000);
}
