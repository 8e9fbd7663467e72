/**
 * A manager written as a generator: it sees the block's error at its `yield`.
 *
 * Prints:
 *     begin
 *     insert 1
 *     commit
 *     begin
 *     insert 2
 *     rollback: disk full
 *     the caller was told: disk full
 */
import { asyncContextManager, asyncWith } from "sluice";

const transaction = asyncContextManager(
  async function* () {
    console.log("begin");
    try {
      yield { insert: (row: number) => console.log(`insert ${row}`) };
    } catch (error) {
      console.log(`rollback: ${(error as Error).message}`);
      throw error;
    }
    console.log("commit");
  },
  { suppresses: false },
);

await asyncWith(transaction(), (database) => database.insert(1));

try {
  await asyncWith(transaction(), (database) => {
    database.insert(2);
    throw new Error("disk full");
  });
} catch (error) {
  console.log(`the caller was told: ${(error as Error).message}`);
}
