/**
 * Flows are copied into a store in a folder. The copy is broken off, and gone on with by the
 * same call: what is there is not copied again.
 *
 * Prints:
 *     broken off: out of time
 *     copied 20 segments of 121
 *     passed over 20, copied 101
 *     wrong in the copy: nothing
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { FlowProvider, type CopyProgress } from "@sluice/store";
import { asyncWith } from "sluice";

const folder = await mkdtemp(`${tmpdir()}/sluice-copy-`);

await asyncWith(new FlowProvider("memory:"), (from) =>
  asyncWith(new FlowProvider(`file:${folder}`), async (to) => {
    const { flow } = await from.ingest("samples/h264-aac-25fps.mp4");
    const time = new AbortController();
    const seen = { old: 0, new: 0 };
    const onProgress = ({ wasThere }: CopyProgress): void => {
      seen[wasThere ? "old" : "new"]++;
      if (seen.new === 20) time.abort(new Error("out of time"));
    };

    const options = { onProgress, concurrency: 1 };
    await from
      .copy(flow.id, to, { ...options, signal: time.signal })
      .catch((error: Error) => console.log(`broken off: ${error.message}`));
    console.log(`copied ${seen.new} segments of 121`);

    seen.old = seen.new = 0;
    await from.copy(flow.id, to, options);
    console.log(`passed over ${seen.old}, copied ${seen.new}`);

    let wrong = "nothing";
    for (const { id } of flow.flow_collection ?? []) {
      for await (const { text } of to.verify(id)) wrong = text;
    }
    console.log(`wrong in the copy: ${wrong}`);
  }),
);
await rm(folder, { recursive: true });
