/**
 * Opens as many files as there are, all or none, and hands them over.
 *
 * Prints:
 *     open a, open b, open missing fails, close b, close a
 *     open a, open b, [ 'a', 'b' ] in use, close b, close a
 */
import { asyncContextManager, AsyncExitStack, asyncWith } from "sluice";

const log: string[] = [];
const open = asyncContextManager(async function* (name: string) {
  if (name === "missing") {
    log.push("open missing fails");
    throw new Error(`no such file: ${name}`);
  }
  log.push(`open ${name}`);
  try {
    yield name;
  } finally {
    log.push(`close ${name}`);
  }
});

/** Gives the files and the stack that closes them; if one cannot be opened, none stays so. */
async function openAll(names: string[]) {
  return asyncWith(new AsyncExitStack(), async (stack) => {
    const files = [];
    for (const name of names) files.push(await stack.enter(open(name)));
    return { files, opened: stack.popAll() };
  });
}

await openAll(["a", "b", "missing"]).catch(() => console.log(log.join(", ")));

log.length = 0;
const all = await openAll(["a", "b"]);
if (all) await asyncWith(all.opened, () => log.push(`[ 'a', 'b' ] in use`));
console.log(log.join(", "));
