// Opens a store, says so, and keeps it until it is told to end, or killed.
import { once } from "node:events";
import { openEmbeddedStore } from "@sluice/store";
import { asyncWith } from "sluice";

await asyncWith(openEmbeddedStore(process.argv[2]), async () => {
  process.stdout.write("open\n");
  await once(process.stdin, "data");
  process.stdin.destroy();
});
