/**
 * A real transaction: it commits when the block succeeds, rolls back when it
 * throws, and refuses `await using`, which could tell it neither.
 *
 * Prints:
 *     committed: [ 'apples' ]
 *     rolled back: [ 'apples' ]
 *     refused: Cannot use a strict manager here: use asyncWith()
 */
import Database from "better-sqlite3";
import { acquire, asyncWith, contextManager } from "sluice";

const database = new Database(":memory:");
database.exec("CREATE TABLE stock (name TEXT NOT NULL)");

const transaction = contextManager(
  function* () {
    database.exec("BEGIN");
    try {
      yield (name: string) =>
        database.prepare("INSERT INTO stock VALUES (?)").run(name);
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
    database.exec("COMMIT");
  },
  { suppresses: false, strict: true },
);
const stock = () => database.prepare("SELECT name FROM stock").pluck().all();

await asyncWith(transaction(), (insert) => insert("apples"));
console.log("committed:", stock());

await asyncWith(transaction(), (insert) => {
  insert("pears");
  throw new Error("the van broke down");
}).catch(() => console.log("rolled back:", stock()));

await acquire(transaction()).catch((error: Error) =>
  console.log("refused:", error.message),
);
