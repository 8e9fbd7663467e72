// Opens and closes a store, and tells how that went, as JSON.
import { openEmbeddedStore } from "@sluice/store";
import { asyncWith } from "sluice";

try {
  await asyncWith(openEmbeddedStore(process.argv[2]), () => undefined);
  process.stdout.write(JSON.stringify({ code: "none" }));
} catch (error) {
  const { code, message } = error;
  process.stdout.write(JSON.stringify({ code, message }));
}
