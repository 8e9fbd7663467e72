/**
 * Who reads all packets of a file, the pictures' and the sound's, with their times.
 *
 * Each is got ready, which is not measured, and then gives how many packets it has read.
 */
import { findObjectFormat } from "@sluice/media";
import { essenceOfFlow, FlowProvider } from "@sluice/store";
import { Timestamp } from "@sluice/time";
import {
  ALL_FORMATS,
  EncodedPacketSink,
  FilePathSource,
  Input,
} from "mediabunny";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AsyncExitStack, asyncWith } from "sluice";

/** @import { FlowSession } from "@sluice/store" */
/** @import { Flow, Segment } from "@sluice/tams" */

/**
 * @typedef {object} Place
 * @property {string} file The file.
 * @property {string} store The folder of an embedded store that has taken it in.
 */

/**
 * @typedef {object} Outcome
 * @property {number} count How many packets there were.
 * @property {number} [processorMs] What it took, if another process did it.
 */

/**
 * Each way by its name.
 *
 * @type {Record<string, (place: Place) => Promise<() => Promise<Outcome>>>}
 */
export const ways = {
  ours: async ({ store }) => {
    const session = await openSession(store);
    const flows = await listFlows(session);
    return async () => {
      let count = 0;
      for (const { id } of flows) {
        await asyncWith(session.openRead(id), async (reader) => {
          for await (const grain of reader.getGrains()) {
            if (grain.data.length > 0) count++;
          }
        });
      }
      return { count };
    };
  },

  unwrapping: async ({ store }) => {
    const objects = await listObjects(store);
    return async () => {
      let count = 0;
      for (const { format, bytes, object } of objects) {
        count += (await format.decode({ ...object, bytes })).length;
      }
      return { count };
    };
  },

  unwrappingFiles: async ({ store }) => {
    const objects = await listObjects(store);
    return async () => {
      let count = 0;
      for (const { format, path, object } of objects) {
        const bytes = new Uint8Array(await readFile(path));
        count += (await format.decode({ ...object, bytes })).length;
      }
      return { count };
    };
  },

  mediabunny: async ({ file }) => {
    return async () => {
      const input = new Input({
        source: new FilePathSource(file),
        formats: ALL_FORMATS,
      });
      let count = 0;
      for (const track of await input.getTracks()) {
        for await (const packet of new EncodedPacketSink(track).packets()) {
          if (packet.data.length > 0) count++;
        }
      }
      input.dispose();
      return { count };
    };
  },

  ffmpeg: async ({ file }) => {
    const words = `-hide_banner -loglevel info -benchmark -nostdin -y -i ${file} -map 0 -c copy -f null /dev/null`;
    return async () => {
      const { stderr } = spawnSync("ffmpeg", words.split(" "), {
        encoding: "utf8",
      });
      const found = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr);
      if (found === null) throw new Error(`Cannot measure ffmpeg: ${stderr}`);
      const [, user, system] = found;
      return { processorMs: (Number(user) + Number(system)) * 1000 };
    };
  },
};

/**
 * Opens a store until the process ends.
 *
 * @param {string} store
 */
function openSession(store) {
  return new AsyncExitStack().enter(new FlowProvider(`file:${store}`));
}

/** @param {FlowSession} session */
async function listFlows(session) {
  const flows = await session.listFlows().toArray();
  return flows.filter(({ container }) => container !== undefined);
}

/**
 * Reads all objects of a store into memory.
 *
 * @param {string} folder
 */
async function listObjects(folder) {
  const session = await openSession(folder);
  const objects = [];
  for (const flow of await listFlows(session)) {
    const format = findObjectFormat(flow.container);
    const segments = await asyncWith(session.openRead(flow.id), (reader) =>
      reader.listSegments().toArray(),
    );
    for (const segment of segments) {
      objects.push({
        format,
        path: findFile(segment),
        bytes: await session.store.readObject(segment),
        object: await describe(session, flow, segment),
      });
    }
  }
  return objects;
}

/** @param {Segment} segment */
function findFile({ get_urls: urls }) {
  return fileURLToPath(urls.find(({ url }) => url.startsWith("file:")).url);
}

/**
 * @param {FlowSession} session
 * @param {Flow} flow
 * @param {Segment} segment
 */
async function describe({ store }, flow, segment) {
  const { init_object: init, ts_offset: offset = "0:0" } = segment;
  return {
    init: init && (await store.readObject(init)),
    timestampOffset: Timestamp.parse(offset),
    ids: { sourceId: flow.source_id, flowId: flow.id },
    essence: essenceOfFlow(flow),
  };
}
